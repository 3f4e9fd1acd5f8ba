import { prepareChannel, setChannel, turnChannelOff } from '../membership/channel/set-channel.ts';
import type { Settings } from '../membership/events.ts';
import {
  type ReminderSet,
  reminderSets,
  remindersOfSet,
  setOfReminders,
} from '../membership/organizations/reminder-sets.ts';
import { changeSettings, showSettings } from '../membership/organizations/settings.ts';
import { may } from '../membership/policy.ts';
import { Refusal } from '../membership/refusal.ts';
import { channelGreeting, channelTrial } from '../messages/channel.ts';
import { exactly, hourOfDay, reminderSetNames, settingsCard, settingsChanged } from '../messages/settings.ts';
import { misunderstoodMessage } from '../messages/welcome.ts';
import { oneLine } from '../messages/words.ts';
import type { ActionHandlers, Command, CommandContext, FormDefinition, Reply, Said } from './command.ts';
import type { Fields, Option } from './form.ts';
import { named, type OrganizationField } from './in-organization.ts';

/** `/usher settings`: how long links are good, when people are reminded, and when they are left in peace. */
export const settings: Command = {
  word: 'settings',
  does: 'See and change how long links are good, the reminders, the quiet hours and the channel for news',
  example: '/usher settings channel here',
  organization: 'known',
  offeredTo: (standing) => may(standing, 'settings', standing.organizationId),
  async run(context, words) {
    if (words === '') return show(context);
    if (/^channel\s+(?:here|on)$/i.test(words)) return chooseChannel(context);
    if (/^channel\s+(?:off|none)$/i.test(words)) return leaveChannel(context);
    return { message: misunderstoodMessage(`settings ${words}`, settings) };
  },
};

/** Has the organization tell its news where this is asked, if usher may write there: it says something to find out. */
async function chooseChannel(context: CommandContext): Promise<Said> {
  const { here, actor } = context;
  const { platform } = actor;
  await prepareChannel(context);
  if (!here) throw new Refusal('not-in-a-channel', { platform });
  const posting = await here.say(channelTrial());
  if (!posting) throw new Refusal('cannot-post-there', { platform, channel: here.name });
  const chosen = await setChannel(context, { channelId: here.id, name: here.name });
  await here.change(posting, channelGreeting(chosen));
  return show(context, 'The channel is set.');
}

async function leaveChannel(context: CommandContext): Promise<Said> {
  const { was } = await turnChannelOff(context);
  return show(context, was === undefined ? 'There was no channel.' : `No more news in ${oneLine(was, 100)}.`);
}

async function show(context: CommandContext, notice?: string): Promise<Said> {
  const about = { ...named(context), ...(notice ? { notice } : {}) };
  return { message: settingsCard(await showSettings(context), about) };
}

/** What people usually choose, in minutes. */
const usualLifetimes = [15, 60, 240, 720, 1440, 2880, 4320, 10_080, 20_160, 43_200];

async function openForm(context: CommandContext): Promise<Reply> {
  const { organization, organizationId, settings: present } = await showSettings(context);
  const intro = `For the invitations to ${oneLine(organization, 100)}. Links that were sent already stay as they are.`;
  // The one that was named is named again by what is submitted.
  const about = context.organizationId
    ? onlyOrganization({ value: organizationId, label: oneLine(organization, 75) })
    : {};
  const fields = { ...about, ...settingsFields(present) };
  return { form: { name: 'settings', title: 'Settings', submit: 'Save', intro, fields } };
}

function onlyOrganization(option: Option): OrganizationField {
  return { in: { kind: 'choice', label: 'Organization', options: [option], initial: option.value } };
}

function settingsFields({ linkLifetime, remindersBeforeEnd, quietFrom, quietUntil }: Settings) {
  const lifetimes = [...new Set([...usualLifetimes, linkLifetime])].sort((a, b) => a - b);
  return {
    lifetime: {
      kind: 'choice',
      label: 'A link is good for',
      options: lifetimes.map((minutes) => ({ value: String(minutes), label: exactly(minutes) })),
      initial: String(linkLifetime),
    },
    reminders: {
      kind: 'choice',
      label: 'Reminders to the invitee',
      options: reminderSets.map((value) => ({ value, label: reminderSetNames[value] })),
      initial: setOfReminders(remindersBeforeEnd),
    },
    quietFrom: {
      kind: 'choice',
      label: 'No reminders from',
      options: hours,
      initial: String(quietFrom),
    },
    quietUntil: {
      kind: 'choice',
      label: 'until',
      hint: 'By the clock of the invitee. The same hour twice: reminders go out at any time.',
      options: hours,
      initial: String(quietUntil),
    },
  } as const satisfies Fields;
}

const hours: Option[] = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: hourOfDay(hour),
}));

/** What becomes of that form. */
export const settingsForm: FormDefinition<ReturnType<typeof settingsFields> & OrganizationField> = {
  kinds: { in: 'choice', lifetime: 'choice', reminders: 'choice', quietFrom: 'choice', quietUntil: 'choice' },
  check: () => undefined,
  async submit(context, { lifetime, reminders, quietFrom, quietUntil }) {
    const linkLifetime = Number(lifetime);
    const set = reminderSets.find((one): one is ReminderSet => one === reminders);
    if (!set) throw new Refusal('settings-not-possible', {});
    const changed = await changeSettings(context, {
      linkLifetime,
      remindersBeforeEnd: remindersOfSet(set, linkLifetime),
      quietFrom: Number(quietFrom || Number.NaN),
      quietUntil: Number(quietUntil || Number.NaN),
    });
    return { message: settingsChanged(changed, named(context)) };
  },
};

export const settingsActions: Pick<ActionHandlers, 'settings' | 'settings.change' | 'settings.channel-off'> =
  {
    settings: (context) => show(context),
    'settings.change': (context) => openForm(context),
    'settings.channel-off': async (context) => ({ ...(await leaveChannel(context)), replace: true }),
  };
