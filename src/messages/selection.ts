import type { OrganizationId } from '../../db/id.ts';
import type { ResendResult } from '../membership/invitations/resend-invitations.ts';
import type { SelectableList, Selection } from '../membership/selection/keep-selection.ts';
import type { Button, Message } from './message.ts';
import { count, oneLine, upTo } from './words.ts';

/** "12 people", "1 invitation": what was chosen from a list. */
export function chosenWords(of: SelectableList, number: number): string {
  return of === 'members' ? count(number, 'person', 'people') : count(number, 'invitation');
}

/** Who was chosen so far, and what can be done with all of them. */
export function selectionMessage({ draftId, list: of, count: number, shown, acts }: Selection): Message {
  const more = number - shown.length;
  const buttons: Button[] = [
    ...(acts.roles
      ? [
          { label: 'Make User…', action: { do: 'selection.role', draftId, role: 'user' } } as const,
          {
            label: 'Make Billing Manager…',
            action: { do: 'selection.role', draftId, role: 'billing-manager' },
          } as const,
        ]
      : []),
    ...(acts.grantAdmin
      ? [{ label: 'Make Admin…', action: { do: 'selection.role', draftId, role: 'admin' } } as const]
      : []),
    ...(acts.licenses
      ? [{ label: 'Assign a licence…', action: { do: 'selection.license', draftId } } as const]
      : []),
    ...(acts.invitations
      ? [
          {
            label: `Resend ${number.toLocaleString('en')}`,
            action: { do: 'selection.resend', draftId },
          } as const,
        ]
      : []),
    { label: 'Choose more…', action: { do: 'select', list: of, draftId } },
    ...(acts.remove
      ? [{ label: 'Remove…', action: { do: 'selection.remove', draftId }, style: 'danger' } as const]
      : []),
    ...(acts.invitations
      ? [{ label: 'Revoke…', action: { do: 'selection.revoke', draftId }, style: 'danger' } as const]
      : []),
  ];
  return {
    summary: `You have chosen ${chosenWords(of, number)}.`,
    body: ['Nothing is done before you choose what.'],
    rows: shown.map(({ name, email }) => ({
      title: oneLine(name, 100),
      ...(name === email ? {} : { detail: email }),
    })),
    ...(more > 0 ? { footnote: `And ${count(more, 'more', 'more')}.` } : {}),
    buttons,
  };
}

/** What became of many invitations that were sent again; those that were not are named. */
export function resendResult(lines: ResendResult, about: { in?: OrganizationId } = {}): Message {
  const others = lines.filter(({ outcome }) => outcome !== 'resent');
  const sent = lines.length - others.length;
  const { shown, more } = upTo(others, 20);
  return {
    summary:
      sent > 0
        ? `Sent ${count(sent, 'invitation')} again; the old links no longer work.`
        : 'Nothing was sent.',
    rows: shown.map(({ email, outcome }) => ({ title: email, detail: `not sent: was ${outcome}` })),
    ...(more > 0 ? { footnote: `And ${count(more, 'other')} not sent.` } : {}),
    buttons: [{ label: 'See pending', action: { do: 'pending', ...about } }],
  };
}
