import { isTimeZone } from '../messages/words.ts';

/** Reminders go out from eight in the morning until nine in the evening, where the person is. */
const morning = 8;
const evening = 21;

/** How long a reminder waits for the morning of this time zone; 0 by day. An unknown zone counts as UTC. */
export function secondsUntilMorning(now: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
  }).formatToParts(now);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const hour = read('hour');
  if (hour >= morning && hour < evening) return 0;
  const minutes = ((24 + morning - hour) % 24) * 60 - read('minute');
  return minutes * 60;
}
