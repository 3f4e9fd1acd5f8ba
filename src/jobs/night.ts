import { isTimeZone } from '../messages/words.ts';

/** Hours of the day; no reminder goes out from one until the other, and always when they are equal. */
export interface QuietHours {
  quietFrom: number;
  quietUntil: number;
}

/** How long a reminder waits for the end of the quiet hours in this time zone; 0 outside of them. An unknown zone counts as UTC. */
export function secondsUntilMorning(
  now: Date,
  timeZone: string,
  { quietFrom, quietUntil }: QuietHours,
): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
  }).formatToParts(now);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const hour = read('hour');
  const hoursFrom = (from: number, to: number) => (24 + to - from) % 24;
  if (hoursFrom(quietFrom, hour) >= hoursFrom(quietFrom, quietUntil)) return 0;
  return (hoursFrom(hour, quietUntil) * 60 - read('minute')) * 60;
}
