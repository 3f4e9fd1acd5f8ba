import type { Right } from '../membership/policy.ts';
import { type Refusal, type RefusalCode, type Refusals, roleNames } from '../membership/refusal.ts';
import { aboutFiles } from './file-refusals.ts';
import { aboutGroups } from './group-refusals.ts';
import { aboutLicenses } from './license-refusals.ts';
import { aboutLists } from './list-refusals.ts';
import type { Message } from './message.ts';
import { aboutOrganizations } from './organization-refusals.ts';
import { aboutPeople } from './people-refusals.ts';
import { count, list, oneLine, quoted } from './words.ts';

const rightNames: Record<Right, string> = {
  invite: 'invite people',
  'invite-admin': 'invite somebody as Admin',
  'manage-invitations': 'see and manage pending invitations',
  'see-members': 'see other members',
  export: 'export members',
  'change-role': 'change the roles of others',
  'grant-admin': 'make somebody Admin or take that role from them',
  remove: 'remove people',
  'remove-admin': 'remove an Admin',
  transfer: 'hand over the ownership',
  'grant-account-admin': 'give or take the role Account Admin',
  'manage-organizations': 'create or rename organizations, or see all of them',
  'move-members': 'move people between organizations',
  'see-licenses': 'see who has licences',
  'assign-licenses': 'assign licences or take them back',
  'manage-groups': 'manage its teams and projects',
  'dedicate-seats': 'set how many seats an organization has',
  'manage-subscription': 'set the seats of the account or change its catalogue',
  settings: 'see or change its settings',
  'edit-details': 'change the contact details of others',
  'read-audit': 'read the audit log',
  leave: 'leave',
};

const whyDead: Record<Refusals['invitation-not-valid']['reason'], string> = {
  expired: 'Its time is up.',
  revoked: 'It was taken back.',
  accepted: 'It has been accepted already.',
  declined: 'It has been declined.',
  replaced: 'A newer one was sent to you; please use that one.',
  unknown: 'Please ask the person who invited you for a new one.',
};

/** The sentence for every way to say no. */
const sentences: { [Code in RefusalCode]: (data: Refusals[Code]) => Message } = {
  'workspace-not-connected': ({ mayFound, ...who }) =>
    mayFound
      ? {
          summary: 'usher is not set up here yet.',
          body: ['It takes one name: the organization you want to invite people to.'],
          buttons: [{ label: 'Set up usher', action: { do: 'set-up' }, style: 'primary' }],
        }
      : { summary: 'usher is not set up here yet.', body: [whoMaySetUp(who)] },
  'already-connected': ({ organization }) => ({
    summary: `usher is already set up here, for ${organization}.`,
    body: ['Type /usher to see what you can do.'],
  }),
  'may-not-set-up': (who) => ({ summary: 'You cannot set usher up here.', body: [whoMaySetUp(who)] }),
  'not-a-member': ({ account, ask }) => ({
    summary: `You are not a member of ${account} yet.`,
    body: [`${list(ask, 'or')} can invite you; then press Join in the message usher sends you.`],
  }),
  'not-active': ({ account, ask }) => ({
    summary: `Your access to ${account} has ended.`,
    body: [`The way back is a new invitation: ${list(ask, 'or')} can invite you.`],
  }),
  'not-allowed': ({ right, organization, home, ask }) => ({
    summary: home
      ? `Your role in ${home} does not let you ${rightNames[right]} in ${organization}.`
      : `Your role in ${organization} does not let you ${rightNames[right]}.`,
    body: [ask.length > 0 ? `${list(ask, 'or')} can do it.` : 'Its Owner can do it.'],
  }),
  'too-many-addresses': ({ count: number, limit }) => ({
    summary: `That is ${count(number, 'address', 'addresses')}; one command takes ${limit.toLocaleString('en')}.`,
    body: ['Send the list in parts. Nothing was sent yet.'],
  }),
  'nobody-to-invite': () => ({
    summary: 'There is nobody to invite in that.',
    body: ['Type one or more e-mail addresses, for example: /usher invite ana@acme.com, ben@acme.com'],
  }),
  'role-not-known': ({ text, roles }) => ({
    summary: `Nobody is invited as ${quoted(text, 40)}.`,
    body: [
      `You can invite people as ${list(
        roles.map((role) => roleNames[role]),
        'or',
      )}. An Owner hands the ownership over, to somebody who has joined. Nothing was sent.`,
    ],
  }),
  'draft-is-gone': () => ({
    summary: 'This review is too old, or not yours.',
    body: ['Type the command again to start afresh. Nothing was changed.'],
  }),
  'invitation-not-found': () => ({
    summary: 'There is no such invitation.',
    body: ['Type /usher pending to see the ones that wait for an answer.'],
  }),
  'invitation-already-answered': ({ email, status }) => ({
    summary: `The invitation of ${email} is not pending any more: it was ${status}.`,
    body: [
      status === 'accepted'
        ? 'They are a member already.'
        : `To invite them once more, type: /usher invite ${email}`,
    ],
  }),
  'invitation-not-valid': ({ reason, organization, contact, invitationId }) => ({
    summary: 'This invitation is no longer valid.',
    body: [
      whyDead[reason],
      ...(contact && organization && reason !== 'replaced' && reason !== 'accepted'
        ? [`${contact} of ${organization} can help you.`]
        : []),
    ],
    ...(reason === 'expired' && invitationId
      ? { buttons: [askForNewOne(invitationId as `inv_${string}`)] }
      : {}),
  }),
  'invitation-for-somebody-else': ({ organization }) => ({
    summary: 'This invitation is for somebody else.',
    body: [
      `It was sent to another address than the one of your account here. Ask the admins of ${organization} to invite yours.`,
    ],
  }),
  'already-a-member': ({ organization }) => ({
    summary: `You are a member of ${organization} already.`,
    body: ['Type /usher to see what you can do.'],
  }),
  'asked-already': ({ organization }) => ({
    summary: `The admins of ${organization} know that you would like a new invitation.`,
    body: ['usher writes to you here as soon as one of them sends it.'],
  }),
  ...aboutOrganizations,
  ...aboutPeople,
  ...aboutLicenses,
  ...aboutGroups,
  'not-in-a-channel': ({ platform }) => ({
    summary: 'This is said in the channel that you mean.',
    body: [
      platform === 'slack'
        ? 'Go to that channel and type: /usher settings channel here'
        : 'Go to that channel or group chat, to which usher was added, and write to @usher there: settings channel here.',
    ],
  }),
  'cannot-post-there': ({ platform, channel }) => ({
    summary: `usher may not write in ${oneLine(channel, 100)} yet.`,
    body: [
      platform === 'slack'
        ? 'Type /invite @usher there, and then the command again. Nothing was changed.'
        : 'Add usher to that team or chat first, and then type the command again. Nothing was changed.',
    ],
  }),
  ...aboutFiles,
  'settings-not-possible': () => ({
    summary: 'These settings do not go together.',
    body: [
      'A link is good for 15 minutes to 30 days, with at most three reminders before its end. Nothing was changed.',
    ],
    buttons: [{ label: 'Settings', action: { do: 'settings' } }],
  }),
  ...aboutLists,
  busy: () => ({
    summary: 'Somebody else is changing the same thing right now.',
    body: ['Nothing was changed. Please try again in a moment.'],
  }),
};

/** What to say when an operation refused: the rule, and who can do it instead. */
export function refusalMessage<Code extends RefusalCode>(refusal: Refusal<Code>): Message {
  return sentences[refusal.code](refusal.data);
}

/** The button under a dead invitation. */
export function askForNewOne(invitationId: `inv_${string}`) {
  return {
    label: 'Ask for a new one',
    action: { do: 'ask-for-new-link', invitationId } as const,
    style: 'primary' as const,
  };
}

/** What to say when usher itself failed: the reference finds the log line. */
export function failureMessage(reference: string): Message {
  return {
    summary: 'Something went wrong in usher, and it is not your fault.',
    body: ['Please try again. If it happens once more, tell whoever runs usher this reference:'],
    code: reference,
  };
}

/** What to say to guests, bots and people of other workspaces, who have no rights here. */
export function outsiderMessage(): Message {
  return {
    summary: 'usher is only for people who fully belong here.',
    body: ['Guests and people from elsewhere cannot use it. Ask whoever looks after this workspace.'],
  };
}

function whoMaySetUp({ founders, platform }: { founders: readonly string[]; platform: 'slack' | 'teams' }) {
  const able = [...(platform === 'slack' ? ['an admin of this Slack workspace'] : []), ...founders];
  return able.length > 0
    ? `Setting it up takes ${list(able, 'or')}: they type /usher and press "Set up usher".`
    : 'Whoever runs usher has to name, in USHER_FOUNDERS, the addresses that may set it up.';
}

/** A button of an older version of usher, or one that was tampered with. */
export function staleMessage(): Message {
  return {
    summary: 'This button does not work any more.',
    body: ['Type /usher to start afresh. Nothing was changed.'],
  };
}

/** Opening a form took longer than the platform allows. */
export function tooLateMessage(): Message {
  return { summary: 'The form took too long to open.', body: ['Nothing was changed. Please try once more.'] };
}
