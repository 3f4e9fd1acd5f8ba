import { newId } from '../../db/id.ts';
import type { ResendResult } from '../../src/membership/invitations/resend-invitations.ts';
import type { Selection } from '../../src/membership/selection/keep-selection.ts';
import type { Message } from '../../src/messages/message.ts';
import * as selection from '../../src/messages/selection.ts';

/** Everything usher says about several who were chosen together. */
export function aboutSelections(text: string): [builder: string, message: Message][] {
  const members = selectionOf(text, 'members');
  const lines: ResendResult = [
    { email: text, outcome: 'resent' },
    ...Array.from({ length: 25 }, () => ({ email: text, outcome: 'declined' }) as const),
  ];
  return [
    ['selectionMessage', selection.selectionMessage(members)],
    ['selectionMessage', selection.selectionMessage(selectionOf(text, 'pending'))],
    [
      'selectionMessage',
      selection.selectionMessage({ ...members, count: 1, shown: members.shown.slice(0, 1) }),
    ],
    ['resendResult', selection.resendResult(lines)],
    ['resendResult', selection.resendResult(lines.slice(1, 2))],
    ['chosenWords', { summary: selection.chosenWords('members', 10_000) }],
  ];
}

/** The most that can be chosen, everything allowed. */
export function selectionOf(text: string, list: Selection['list']): Selection {
  const isOfMembers = list === 'members';
  return {
    ...{ draftId: newId('dra'), list, count: 10_000 },
    shown: Array.from({ length: 20 }, () => ({ name: text, email: isOfMembers ? `${text}@` : text })),
    acts: {
      ...{ roles: isOfMembers, grantAdmin: isOfMembers, licenses: isOfMembers, remove: isOfMembers },
      invitations: !isOfMembers,
    },
  };
}
