import type { Event } from '../membership/events.ts';
import { roleNames } from '../membership/refusal.ts';
import { aboutInvitations, aboutLicenses } from './audit-more-sentences.ts';
import { count, list, platformNames } from './words.ts';

/** The names a sentence may use: who did it, and what things are called now. */
export interface Say {
  who: string;
  name(id: string): string;
}

/** The sentences for the events of these names. */
export type Sentences<Name extends Event['name']> = {
  [Each in Name]: (event: Event & { name: Each }, say: Say) => string;
};

type OfInvitations = Extract<Event['name'], `invitation.${string}`>;
type OfLicenses = Extract<Event['name'], `${'license' | 'machine' | 'pool' | 'product'}.${string}`>;

const aboutPeople: Sentences<Exclude<Event['name'], OfInvitations | OfLicenses>> = {
  'organization.set-up': ({ organizationId }, { who, name }) => `${who} set ${name(organizationId)} up`,
  'organization.transferred': ({ organizationId, from, to }, { name }) =>
    `${name(from)} handed the ownership of ${name(organizationId)} over to ${name(to)}`,
  'organization.settings-changed': ({ organizationId, from, to }, { who, name }) => {
    const changed = Object.entries(settingNames)
      .filter(([key]) => JSON.stringify(from[key as Setting]) !== JSON.stringify(to[key as Setting]))
      .map(([, words]) => words);
    return `${who} changed the settings of ${name(organizationId)}: ${list([...new Set(changed)])}`;
  },
  'member.role-changed': ({ memberId, from, to }, { who, name }) =>
    `${who} made ${name(memberId)} ${roleNames[to]} (was ${roleNames[from]})`,
  'member.account-role-changed': ({ memberId, to }, { who, name }) =>
    to === 'account-admin'
      ? `${who} made ${name(memberId)} Account Admin`
      : `${who} took the role Account Admin from ${name(memberId)}`,
  'member.removed': ({ memberId, reason, licenses = [] }, { who, name }) => {
    const seats = licenses.length > 0 ? `; ${count(licenses.length, 'seat')} became free` : '';
    return reason === 'left' ? `${name(memberId)} left${seats}` : `${who} removed ${name(memberId)}${seats}`;
  },
  'workspace.connected': ({ platform }, { who }) => `${who} connected usher in ${platformNames[platform]}`,
};

type Setting = keyof (Event & { name: 'organization.settings-changed' })['to'];

const settingNames: Record<Setting, string> = {
  linkLifetime: 'how long links are valid',
  remindersBeforeEnd: 'when people are reminded',
  quietFrom: 'the quiet hours',
  quietUntil: 'the quiet hours',
};

const sentences: Sentences<Event['name']> = { ...aboutPeople, ...aboutInvitations, ...aboutLicenses };

/** What happened, in one sentence without a full stop. An event without one does not compile. */
export function eventSentence(event: Event, say: Say): string {
  const write = sentences[event.name] as (event: Event, say: Say) => string;
  return write(event, say);
}
