import type { ChannelName, Event } from '../membership/events.ts';
import type { GroupKind } from '../membership/groups/group.ts';
import { roleNames } from '../membership/refusal.ts';
import { aboutGroups } from './audit-group-sentences.ts';
import { aboutExports, aboutInvitations, aboutLicenses } from './audit-more-sentences.ts';
import type { Say, Sentences } from './audit-say.ts';
import { count, list, oneLine, platformNames } from './words.ts';

type OfInvitations = Extract<Event['name'], `invitation.${string}`>;
type OfLicenses = Extract<Event['name'], `${'license' | 'machine' | 'pool' | 'product'}.${string}`>;

type OfGroups = Extract<Event['name'], `${GroupKind}.${string}`>;
type OfExports = Extract<Event['name'], `export.${string}`>;

const aboutPeople: Sentences<Exclude<Event['name'], OfInvitations | OfLicenses | OfGroups | OfExports>> = {
  'organization.set-up': ({ organizationId }, { who, name }) => `${who} set ${name(organizationId)} up`,
  'organization.transferred': ({ organizationId, from, to }, { name }) =>
    `${name(from)} handed the ownership of ${name(organizationId)} over to ${name(to)}`,
  'organization.created': ({ organizationId, owner }, { who, name }) =>
    `${who} created ${name(organizationId)}, with ${name(owner)} as its Owner`,
  'organization.renamed': ({ from, to }, { who }) =>
    `${who} renamed ${oneLine(from, 60)} to ${oneLine(to, 60)}`,
  'organization.settings-changed': ({ organizationId, from, to }, { who, name }) => {
    const changed = Object.entries(settingNames)
      .filter(([key]) => JSON.stringify(from[key as Setting]) !== JSON.stringify(to[key as Setting]))
      .map(([, words]) => words);
    return `${who} changed the settings of ${name(organizationId)}: ${list([...new Set(changed)])}`;
  },
  'organization.channel-changed': ({ organizationId, from, to }, { who, name }) =>
    to
      ? `${who} had the news of ${name(organizationId)} told in ${channelName(to)}${from ? ` (was ${channelName(from)})` : ''}`
      : `${who} had the news of ${name(organizationId)} told nowhere${from ? ` (was ${channelName(from)})` : ''}`,
  'member.role-changed': ({ memberId, from, to }, { who, name }) =>
    `${who} made ${name(memberId)} ${roleNames[to]} (was ${roleNames[from]})`,
  'member.account-role-changed': ({ memberId, to }, { who, name }) =>
    to === 'account-admin'
      ? `${who} made ${name(memberId)} Account Admin`
      : `${who} took the role Account Admin from ${name(memberId)}`,
  'member.moved': ({ memberId, from, to, role, licenses = [] }, { who, name }) => {
    const move = `${who} moved ${name(memberId)} from ${name(from)} to ${name(to)} as ${roleNames[role]}`;
    return licenses.length > 0 ? `${move}; ${count(licenses.length, 'seat')} became free` : move;
  },
  'member.arrived': ({ memberId, from, role }, { who, name }) =>
    `${who} moved ${name(memberId)} here from ${name(from)} as ${roleNames[role]}`,
  'member.details-changed': ({ memberId, from, to }, { who, name }) => {
    const changed = Object.entries(detailNames).filter(([key]) => from[key as Detail] !== to[key as Detail]);
    return `${who} changed ${list(changed.map(([, words]) => words))} of ${name(memberId)}`;
  },
  'member.removed': ({ memberId, reason, licenses = [] }, { who, name }) => {
    const seats = licenses.length > 0 ? `; ${count(licenses.length, 'seat')} became free` : '';
    return reason === 'left' ? `${name(memberId)} left${seats}` : `${who} removed ${name(memberId)}${seats}`;
  },
  'workspace.connected': ({ platform }, { who }) => `${who} connected usher in ${platformNames[platform]}`,
};

function channelName({ name, platform }: ChannelName): string {
  return `${oneLine(name, 60)} in ${platformNames[platform]}`;
}

type Detail = keyof (Event & { name: 'member.details-changed' })['to'];

const detailNames: Record<Detail, string> = {
  phone: 'the phone number',
  whereToReach: 'where to reach them',
  employedSince: 'the start date',
};

type Setting = keyof (Event & { name: 'organization.settings-changed' })['to'];

const settingNames: Record<Setting, string> = {
  linkLifetime: 'how long links are valid',
  remindersBeforeEnd: 'when people are reminded',
  quietFrom: 'the quiet hours',
  quietUntil: 'the quiet hours',
};

const sentences: Sentences<Event['name']> = {
  ...aboutPeople,
  ...aboutInvitations,
  ...aboutLicenses,
  ...aboutGroups,
  ...aboutExports,
};

/** What happened, in one sentence without a full stop. An event without one does not compile. */
export function eventSentence(event: Event, say: Say): string {
  const write = sentences[event.name] as (event: Event, say: Say) => string;
  return write(event, say);
}
