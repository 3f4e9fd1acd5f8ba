import type { AccountRole, StoredRole } from '../../db/schema.ts';
import { roleNames } from '../membership/refusal.ts';
import type { Message } from './message.ts';
import { list, oneLine } from './words.ts';

/** What somebody made of somebody else. */
export type StandingChange = { by: string } & (
  | { what: 'role'; from: StoredRole; to: StoredRole }
  | { what: 'account-role'; from: AccountRole; to: AccountRole }
  | { what: 'move'; to: string; role: StoredRole }
  | { what: 'founding' | 'ownership' }
);

interface Where {
  account: string;
  organization: string;
}

const meaning: Record<StoredRole, string> = {
  admin: 'You can invite people there, and look after its members and their licences.',
  'billing-manager':
    'You look after its licences and how many seats it has. A Billing Manager is in no team or project.',
  user: 'You are a member as before, with your own licences, teams and projects.',
};

/** Tells somebody what they are now and who made them so; nothing when all is as it was before. */
export function changeNotice(where: Where, changes: readonly StandingChange[]): Message | undefined {
  const sentences = [
    ...ownershipSentences(where, changes),
    ...moveSentences(changes),
    ...roleSentences(where, changes),
    ...accountRoleSentences(where, changes),
  ];
  const [summary, ...body] = sentences;
  if (!summary) return undefined;
  return { summary, body, buttons: [{ label: 'What can I do?', action: { do: 'help' } }] };
}

function ownershipSentences({ organization }: Where, changes: readonly StandingChange[]): string[] {
  const owning = changes.findLast(({ what }) => what === 'ownership' || what === 'founding');
  if (!owning) return [];
  const by = oneLine(owning.by, 100);
  return [
    owning.what === 'founding'
      ? `${by} created ${organization}, and you are its Owner.`
      : `${by} handed the ownership of ${organization} over to you: you are its Owner.`,
    'You have every right in it; only you can pass the ownership on.',
  ];
}

/** Where they were moved to in the end; their role there is told with it. */
function moveSentences(changes: readonly StandingChange[]): string[] {
  const moved = changes.findLast((change) => change.what === 'move');
  // Whoever owns the new one has heard so.
  if (!moved || changes.some(({ what }) => what === 'founding')) return [];
  return [
    `${oneLine(moved.by, 100)} moved you to ${oneLine(moved.to, 100)}, where you are ${roleNames[moved.role]}.`,
    'Licences that only your old organization has stayed there; your projects are still yours.',
  ];
}

/** Of several changes the first tells what it was, and the last what it is. */
function roleSentences({ organization }: Where, changes: readonly StandingChange[]): string[] {
  const mine = changes.filter((change) => change.what === 'role');
  const [first, last] = [mine.at(0), mine.at(-1)];
  if (!first || !last || first.from === last.to) return [];
  return [
    `${oneLine(last.by, 100)} changed your role in ${organization} from ${roleNames[first.from]} to ${roleNames[last.to]}.`,
    meaning[last.to],
  ];
}

function accountRoleSentences({ account }: Where, changes: readonly StandingChange[]): string[] {
  const mine = changes.filter((change) => change.what === 'account-role');
  const [first, last] = [mine.at(0), mine.at(-1)];
  if (!first || !last || first.from === last.to) return [];
  const by = oneLine(last.by, 100);
  return last.to === 'account-admin'
    ? [
        `${by} made you Account Admin of ${account}.`,
        'You manage all of its organizations, with their people and licences.',
      ]
    : [
        `${by} took the role Account Admin of ${account} back.`,
        'What you are in your own organization stays as it is.',
      ];
}

/** The last thing somebody hears who was removed: by whom, and whom to ask. */
export function goodbyeMessage(
  { organization, removedBy }: { organization: string; removedBy: string | null },
  ask: readonly string[],
): Message {
  return {
    summary: removedBy
      ? `${oneLine(removedBy, 100)} has removed you from ${organization}.`
      : `You were removed from ${organization}.`,
    body: [
      'Your access and your licences end with it. Thank you for having been part of it!',
      ...(ask.length > 0 ? [`If it was a mistake, or you have a question, ask ${list(ask, 'or')}.`] : []),
    ],
  };
}
