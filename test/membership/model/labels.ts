import { pickDraft } from './picks.ts';
import type { Model, Prepared } from './state.ts';
import type { ListStep, Step, Wish } from './steps.ts';

/** All buttons that confirm something. */
export const buttons: readonly Prepared['button'][] = [
  ...(['invite.send', 'revoke.confirm', 'role.confirm', 'account.confirm', 'remove.confirm'] as const),
  ...(['leave.confirm', 'move.confirm', 'organization.create.confirm', 'group.archive.confirm'] as const),
];

const wishes: readonly Wish['do'][] = [
  ...(['invite', 'revoke', 'role', 'account-role', 'remove', 'leave', 'move', 'create', 'archive'] as const),
];
const lists: readonly ListStep['list'][] = ['members', 'removed', 'pending'];
const others: readonly Step['do'][] = [
  ...(['set-up', 'connect', 'resend', 'copy-link', 'ask', 'join', 'decline', 'transfer'] as const),
  ...(['seats', 'retire', 'assign', 'take-back', 'machine', 'settings', 'pass', 'clock'] as const),
  ...(['create-group', 'rename-group', 'add', 'group-role', 'take-out'] as const),
];

/** All that a step can be. */
export const labels: readonly string[] = [
  ...wishes.flatMap((wish) => [`review ${wish}`, `at-once ${wish}`]),
  ...buttons.map((button) => `press ${button}`),
  ...lists.map((list) => `list ${list}`),
  ...others,
];

/** Which of them a step is. */
export function labelOf(model: Model, step: Step): string {
  if ('wish' in step) return `${step.do} ${step.wish.do}`;
  if (step.do === 'list') return `list ${step.list}`;
  if (step.do !== 'press') return step.do;
  return `press ${step.button ?? model.drafts[pickDraft(model, step.pick)]?.prepared.button}`;
}
