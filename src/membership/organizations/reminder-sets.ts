/** The usual choices of reminders, by their number. */
export const reminderSets = ['none', 'one', 'two', 'three'] as const;
export type ReminderSet = (typeof reminderSets)[number];

/** When the last reminder goes out: three hours before the end, of short links an eighth of their life before it. */
function lastBeforeEnd(linkLifetime: number): number {
  return Math.min(180, Math.floor(linkLifetime / 8));
}

/** How long before its end a link of this lifetime is recalled by each choice; all of it in minutes, the first one first. */
export function remindersOfSet(set: ReminderSet, linkLifetime: number): number[] {
  const half = Math.floor(linkLifetime / 2);
  const quarter = Math.floor((linkLifetime * 3) / 4);
  switch (set) {
    case 'none':
      return [];
    case 'one':
      return [half];
    case 'two':
      return [half, lastBeforeEnd(linkLifetime)];
    case 'three':
      return [quarter, half, lastBeforeEnd(linkLifetime)];
  }
}

/** The choice with this number of reminders. */
export function setOfReminders({ length }: readonly number[]): ReminderSet {
  return reminderSets[length] ?? 'three';
}
