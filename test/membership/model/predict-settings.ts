import { type Asking, answerIn } from './asking.ts';
import type { Model, ModelAccount, ModelInvitation, ModelSettings } from './state.ts';

/** A link is valid for 24 hours, and recalled at half of its life and 3 hours before its end, until somebody says otherwise. */
const usual: ModelSettings = { lifetime: 24 * 60, reminders: [12 * 60, 3 * 60] };

export function settingsOf({ settings }: ModelAccount, organization: string): ModelSettings {
  return settings.get(organization) ?? usual;
}

/** What a link that begins now is like: by the settings of its organization as they are. */
export function newLink(account: ModelAccount, organization: string) {
  const { lifetime, reminders } = settingsOf(account, organization);
  return { lifetime, minutesLeft: lifetime, reminders };
}

/** 15 minutes to 30 days; none to three reminders within. */
export function arePossible({ lifetime, reminders }: ModelSettings): boolean {
  const isLife = Number.isInteger(lifetime) && lifetime >= 15 && lifetime <= 30 * 24 * 60;
  return isLife && reminders.length <= 3 && reminders.every((before) => before > 0 && before < lifetime);
}

export function predictSettings(asking: Asking, settings: ModelSettings): string {
  const may = answerIn(asking, asking.about, 'see and change the settings');
  if (may === 'done') asking.account.settings.set(asking.about, settings);
  return may;
}

export function letPass({ invitations, drafts }: Model, hours: number): void {
  for (const invitation of invitations) invitation.minutesLeft -= hours * 60;
  for (const draft of drafts) draft.hours += hours;
}

/** Links that ran out are noticed, those who wait are reminded of the others, and drafts are forgotten after a day. */
export function watch({ invitations, drafts }: Model): void {
  const isPending = ({ status }: ModelInvitation) => status === 'pending';
  for (const invitation of invitations.filter(isPending)) {
    const { minutesLeft, reminders } = invitation;
    if (minutesLeft <= 0) invitation.isNoticed = true;
    invitation.reminders = reminders.filter((before) => before < minutesLeft);
  }
  for (const draft of drafts) if (draft.hours >= 24) draft.isGone = true;
}
