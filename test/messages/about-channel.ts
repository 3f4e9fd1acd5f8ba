import { newId } from '../../db/id.ts';
import type { Channel } from '../../src/membership/channel/find-channel.ts';
import type { Notice, NoticeLine } from '../../src/membership/channel/find-notice.ts';
import * as changes from '../../src/messages/changes.ts';
import * as channel from '../../src/messages/channel.ts';
import type { Message } from '../../src/messages/message.ts';
import * as settings from '../../src/messages/settings.ts';
import { poolOf } from './about-licenses.ts';

type Named = [builder: string, message: Message | undefined];

/** The channel of an organization of this name. */
export function channelOf(text: string): Channel {
  return {
    ...{ organizationId: newId('org'), organization: text, platform: 'slack', workspaceId: 'T1' },
    ...{ channelId: 'C1', name: text, timeZone: 'Europe/Madrid', silentFor: null },
  };
}

/** A notice with a line in each state, and as many more as are asked for. */
export function noticeOf(text: string, kind: Notice['kind'], more = 0): Notice {
  const states = ['pending', 'expired', 'resent', 'accepted', 'declined', 'revoked'] as const;
  const line = (state: NoticeLine['state']): NoticeLine => ({
    ...{ invitationId: newId('inv'), email: text, invitedBy: text, expiresAt: new Date(), state },
  });
  return {
    ...{ id: newId('not'), kind, accountId: newId('acc'), organizationId: newId('org') },
    ...{ joined: 12, gone: 3, pending: 10_000, scarce: [poolOf(text.slice(0, 40))] },
    lines: [...states, ...Array.from({ length: more }, () => 'pending' as const)].map(line),
  };
}

/** The settings, the news of a channel, and what people are told of themselves. */
export function aboutOrganization(text: string): Named[] {
  return [...aboutSettings(text), ...aboutNews(text), ...aboutChanges(text)];
}

function aboutNews(text: string): Named[] {
  const one = { what: 'joined', fullName: text, email: text, role: 'admin', by: text } as const;
  const removed = { ...one, what: 'removed' } as const;
  const left = { ...one, what: 'left' } as const;
  const moved = [
    { ...one, what: 'moved-here' },
    { ...one, what: 'moved-away' },
  ] as const;
  const everybody = [one, removed, left, { ...removed, by: null }, ...moved];
  return [
    ['channelTrial', channel.channelTrial()],
    ['channelGreeting', channel.channelGreeting({ organization: text })],
    ...everybody.map((line): Named => ['newsMessage', channel.newsMessage(text, [line])]),
    ['newsMessage', channel.newsMessage(text, everybody)],
    ['noticeMessage', channel.noticeMessage(noticeOf(text, 'expiring'), channelOf(text))],
    ['noticeMessage', channel.noticeMessage(noticeOf(text, 'digest'), channelOf(text))],
  ];
}

function aboutSettings(text: string): Named[] {
  const quiet = { quietFrom: 21, quietUntil: 8 };
  const usual = { linkLifetime: 1440, remindersBeforeEnd: [720, 180], ...quiet };
  const bare = { linkLifetime: 90, remindersBeforeEnd: [], quietFrom: 0, quietUntil: 0 };
  return [
    [
      'settingsCard',
      settings.settingsCard(
        { organization: text, settings: usual, channel: channelOf(text) },
        { in: newId('org'), notice: text },
      ),
    ],
    [
      'settingsCard',
      settings.settingsCard(
        { organization: text, settings: usual, channel: { ...channelOf(text), silentFor: 90 } },
        {},
      ),
    ],
    [
      'settingsChanged',
      settings.settingsChanged({ organization: text, settings: bare, channel: undefined }, {}),
    ],
    ['exactly', { summary: settings.exactly(90) }],
    ['hourOfDay', { summary: settings.hourOfDay(8) }],
    ['reminderSetNames', { summary: 'Reminders', body: Object.values(settings.reminderSetNames) }],
  ];
}

function aboutChanges(text: string): Named[] {
  const where = { account: text, organization: text };
  const every = [
    { what: 'ownership', by: text },
    { what: 'move', by: text, to: text, role: 'user' },
    { what: 'role', by: text, from: 'user', to: 'billing-manager' },
    { what: 'account-role', by: text, from: 'user', to: 'account-admin' },
  ] as const;
  const back = { what: 'account-role', by: text, from: 'account-admin', to: 'user' } as const;
  return [
    ['changeNotice', changes.changeNotice(where, every)],
    ['changeNotice', changes.changeNotice(where, [back])],
    ['changeNotice', changes.changeNotice(where, [{ what: 'founding', by: text }])],
    ['goodbyeMessage', changes.goodbyeMessage({ organization: text, removedBy: text }, [text, text])],
    ['goodbyeMessage', changes.goodbyeMessage({ organization: text, removedBy: null }, [])],
  ];
}
