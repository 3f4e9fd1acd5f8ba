/** A day of the calendar, `2026-11-21`. */
export type CalendarDay = string & { readonly day: true };

/** Reads a day of the real calendar; undefined for anything else, also for the 30th of February. */
export function parseDay(text: string): CalendarDay | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? (text as CalendarDay) : undefined;
}

/** The day after. */
export function nextDay(day: CalendarDay): CalendarDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10) as CalendarDay;
}

/** The moment at which a day begins in a time zone; in UTC where the zone is not known. */
export function startOfDay(day: CalendarDay, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // The offset of a zone depends on the moment; asked again near the answer, it is the one that holds there.
  const guess = midnight - offsetAt(midnight, timeZone);
  return new Date(midnight - offsetAt(guess, timeZone));
}

/** How many milliseconds the clocks of a zone are ahead of UTC. */
function offsetAt(at: number, timeZone: string): number {
  const parts = clock(timeZone).formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const there = Date.UTC(
    read('year'),
    read('month') - 1,
    read('day'),
    read('hour'),
    read('minute'),
    read('second'),
  );
  return there - Math.floor(at / 1000) * 1000;
}

function clock(timeZone: string): Intl.DateTimeFormat {
  const zone = Intl.supportedValuesOf('timeZone').includes(timeZone) ? timeZone : 'UTC';
  return new Intl.DateTimeFormat('en-GB', {
    ...{
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    },
    ...{ hourCycle: 'h23', timeZone: zone },
  });
}
