import type { OrganizationId } from '../../db/id.ts';
import type { Channel } from '../membership/channel/find-channel.ts';
import type { Settings } from '../membership/events.ts';
import type { ReminderSet } from '../membership/organizations/reminder-sets.ts';
import type { Message } from './message.ts';
import { count, duration, list, oneLine, platformNames, zoneName } from './words.ts';

/** The usual choices of reminders in words. */
export const reminderSetNames: Record<ReminderSet, string> = {
  none: 'None',
  one: 'One, when half of the time is over',
  two: 'Two: at half of the time, and shortly before the end',
  three: 'Three: at a quarter, at half, and shortly before the end',
};

/** So many minutes in the largest unit that divides them: "24 hours", "7 days", "90 minutes". */
export function exactly(minutes: number): string {
  if (minutes % 1440 === 0 && minutes > 1440) return count(minutes / 1440, 'day');
  return minutes % 60 === 0 ? count(minutes / 60, 'hour') : count(minutes, 'minute');
}

/** An hour by the clock: "8:00". */
export function hourOfDay(hour: number): string {
  return `${hour}:00`;
}

interface Shown {
  organization: string;
  settings: Settings;
  channel: Channel | undefined;
}

/** The settings in words. */
export function settingsCard(
  { organization, settings, channel }: Shown,
  { notice, ...about }: { in?: OrganizationId; notice?: string },
): Message {
  return {
    summary: `Settings of ${organization}`,
    ...(notice ? { body: [notice] } : {}),
    facts: [...settingsFacts(settings), { label: 'Channel for news', value: channelWords(channel) }],
    footnote: 'A new lifetime and new reminders are for links made from then on; quiet hours count at once.',
    buttons: [
      { label: 'Change…', action: { do: 'settings.change', ...about } },
      ...(channel
        ? [{ label: 'No more news there', action: { do: 'settings.channel-off', ...about } } as const]
        : []),
    ],
  };
}

function channelWords(channel: Channel | undefined): string {
  if (!channel) return 'none. To choose one, go there and type: /usher settings channel here';
  const { name, platform, timeZone, silentFor } = channel;
  if (silentFor !== null) {
    return `${oneLine(name, 100)} in ${platformNames[platform]}, but usher may not write there for ${duration(silentFor)}: add it there again`;
  }
  return `${oneLine(name, 100)} in ${platformNames[platform]}, with the week on Mondays at 9:00 (${zoneName(timeZone)})`;
}

function settingsFacts({ linkLifetime, remindersBeforeEnd, quietFrom, quietUntil }: Settings) {
  const before = remindersBeforeEnd.map(exactly);
  return [
    { label: 'A link is good for', value: exactly(linkLifetime) },
    { label: 'Reminders', value: before.length > 0 ? `${list(before)} before the end` : 'none' },
    {
      label: 'Quiet hours',
      value:
        quietFrom === quietUntil
          ? 'none: reminders go out at any time'
          : `no reminders from ${hourOfDay(quietFrom)} until ${hourOfDay(quietUntil)}, where the invitee is`,
    },
  ];
}

/** The settings were saved. */
export function settingsChanged(shown: Shown, about: { in?: OrganizationId }): Message {
  return {
    ...settingsCard(shown, about),
    summary: `The settings of ${shown.organization} are saved.`,
  };
}
