import type { Platform } from '../../db/schema.ts';
import { cleanLine } from '../membership/clean-text.ts';
import { mentionsAsNames } from '../membership/people-list.ts';

/** The platforms as people call them. */
export const platformNames: Record<Platform, string> = { slack: 'Slack', teams: 'Microsoft Teams' };

/** What became of the message of an invitation, by the words of its filter. */
export const deliveryNames: Record<string, string> = {
  sending: 'being sent',
  delivered: 'delivered',
  failed: 'not delivered',
};

/** Beside a field that was left empty. */
export const fillThisIn = 'Please fill this in.';

/** Below a field with more choices than a form can show. */
export function onlyFirst(shown: number, all: number): string {
  return `Only ${shown} of ${all} fit here. For another one, type the command with its name.`;
}

/** A count with its noun: "1 invitation", "3 invitations". */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? noun : plural}`;
}

/** "Ana", "Ana and Ben", "Ana, Ben and Cleo". */
export function list(items: readonly string[], word = 'and'): string {
  return new Intl.ListFormat('en-GB', { type: word === 'and' ? 'conjunction' : 'disjunction' }).format(items);
}

/** A length of time in its largest unit, rounded down: "23 hours", "5 minutes", "3 days". Never less than a minute. */
export function duration(seconds: number): string {
  const minutes = Math.max(1, Math.floor(Math.abs(seconds) / 60));
  if (minutes < 60) return count(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? count(hours, 'hour') : count(Math.floor(hours / 24), 'day');
}

/** "Mon 23 Nov, 14:30 (Madrid time)": a moment in somebody's own time zone; UTC when theirs is not known. */
export function moment(at: Date, timeZone: string): string {
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const text = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(at);
  return `${text} (${zoneName(zone)})`;
}

/** "21 Nov 2026, 14:03": the same in short, for many moments in one list. */
export function momentInYear(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    ...{ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
  }).format(at);
}

/** "Madrid time": IANA names end in a city, which people know better than the name. */
export function zoneName(zone: string): string {
  const city = zone.split('/').at(-1) ?? zone;
  return city === zone ? zone : `${city.replaceAll('_', ' ')} time`;
}

/** "14:30 (Madrid time)": what the clocks of a time zone show. */
export function momentOfDay(at: Date, timeZone: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at);
  return `${clock} (${zoneName(timeZone)})`;
}

/** "23 November 2026", where the clocks show this time zone. */
export function day(at: Date, timeZone = 'UTC'): string {
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: zone }).format(at);
}

/** Whether this is a time zone the machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Text from people on one line, at most `length` characters, without control characters. */
export function oneLine(text: string, length: number): string {
  const line = cleanLine(text, Number.POSITIVE_INFINITY);
  return [...line].length > length ? `${cleanLine(line, length - 1)}…` : line;
}

/** “Ana”: what somebody typed, at most `length` characters of it, with mentions as they look in the chat. */
export function quoted(text: string, length: number): string {
  return `“${oneLine(
    mentionsAsNames(text, (name) => `@${name}`),
    length,
  )}”`;
}

/** Cuts a list to what fits, and says how many more there are. */
export function upTo<Item>(items: readonly Item[], most: number): { shown: Item[]; more: number } {
  return { shown: items.slice(0, most), more: Math.max(0, items.length - most) };
}
