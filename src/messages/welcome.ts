import type { Standing } from '../membership/policy.ts';
import { roleNames } from '../membership/refusal.ts';
import type { Action } from './action.ts';
import type { Button, Message } from './message.ts';
import { oneLine, quoted } from './words.ts';

interface Offered {
  word: string;
  does: string;
  example: string;
}

const helpButtons: Record<string, { label: string; action: Action }> = {
  invite: { label: 'Invite people', action: { do: 'invite' } },
  pending: { label: 'Pending invitations', action: { do: 'pending' } },
  members: { label: 'Members', action: { do: 'members' } },
  removed: { label: 'Removed people', action: { do: 'removed' } },
  team: { label: 'Teams', action: { do: 'groups', kind: 'team' } },
  project: { label: 'Projects', action: { do: 'groups', kind: 'project' } },
  licenses: { label: 'Licences', action: { do: 'licenses' } },
  settings: { label: 'Settings', action: { do: 'settings' } },
  account: { label: 'Account Admins', action: { do: 'account' } },
  org: { label: 'Organizations', action: { do: 'organizations' } },
  audit: { label: 'Audit log', action: { do: 'audit' } },
  who: { label: 'My card', action: { do: 'who' } },
};

/** The card "what can I do here", by role. */
export function helpMessage(standing: Standing, commands: readonly Offered[]): Message {
  const buttons: Button[] = commands.flatMap(({ word }) => helpButtons[word] ?? []);
  const [first, ...others] = buttons;
  const isAdmin = standing.accountRole === 'account-admin';
  return {
    summary: 'What you can do with usher',
    body: [
      `You are ${roleNames[standing.role]} of ${standing.organization}${isAdmin ? ', and Account Admin' : ''}.`,
    ],
    facts: commands.map(({ does, word }) => ({ label: `/usher ${word}`, value: does })),
    buttons: first ? [{ ...first, style: 'primary' }, ...others] : [],
  };
}

/** usher is set up: what to do first. */
export function setUpMessage({ organization }: { organization: string }): Message {
  return {
    summary: `${organization} is set up, and you are its Owner.`,
    body: ['Now invite your people: they get a message with a Join button.'],
    buttons: [
      { label: 'Invite people', action: { do: 'invite' }, style: 'primary' },
      { label: 'What else can I do?', action: { do: 'help' } },
    ],
  };
}

/** For an Account Admin in a workspace that is not connected yet. */
export function connectOffer(account: string): Message {
  return {
    summary: 'usher is not set up here yet.',
    body: [
      `You are Account Admin of ${account}. Connect this place to it, and everybody stays the same person in both.`,
    ],
    buttons: [
      { label: oneLine(`Connect to ${account}`, 75), action: { do: 'connect-workspace' }, style: 'primary' },
    ],
  };
}

/** The workspace belongs to the account now. */
export function connectedMessage({ account }: { account: string }): Message {
  return {
    summary: `usher here belongs to ${account} now.`,
    body: ['Type /usher to see what you can do here.'],
  };
}

/** Said in a channel or group chat, where others read along. */
export function answeredPrivately(name: string): Message {
  return { summary: `The answer is in your own chat with usher${addressed(name)}.` };
}

/** Said there when usher cannot write to the person alone. */
export function installFirst(name: string): Message {
  return {
    summary: `usher answers in your own chat with it, and you have not added it yet${addressed(name)}.`,
    body: ['Open Apps, look for usher and press Add; then ask again there.'],
  };
}

function addressed(name: string): string {
  return name === '' ? '' : `, ${oneLine(name, 100)}`;
}

/** Something that is not a command: the nearest one, with an example. */
export function misunderstoodMessage(typed: string, nearest: Offered | undefined): Message {
  return {
    summary: `usher does not know ${quoted(typed, 40)}.`,
    ...(nearest
      ? {
          body: [`Did you mean ${nearest.word}? ${nearest.does}.`],
          code: nearest.example,
        }
      : {}),
    buttons: [{ label: 'What can I do?', action: { do: 'help' } }],
  };
}
