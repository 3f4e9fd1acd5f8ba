import type { OrganizationId } from '../../db/id.ts';
import type { CreationReview } from '../membership/organizations/create-organization.ts';
import { type ListedOrganization, mostCounted } from '../membership/organizations/list-organizations.ts';
import { roleNames } from '../membership/refusal.ts';
import type { Page } from '../membership/search.ts';
import type { Button, Message, Row } from './message.ts';
import { movingLines } from './moves.ts';
import { count, oneLine, quoted } from './words.ts';

/** The organizations of the account, with what an Account Admin can do about each. */
export function organizationList(
  page: Page<ListedOrganization> & { account: string },
  asked: { after?: string; notice?: string },
): Message {
  const buttons: Button[] = [
    ...(page.next
      ? [{ label: 'Next page', action: { do: 'organizations', after: page.next, turn: true } } as const]
      : []),
    ...(asked.after ? [{ label: 'First page', action: { do: 'organizations', turn: true } } as const] : []),
    { label: 'Create an organization…', action: { do: 'organization.create' } },
    ...(page.rows.length > 1 || asked.after
      ? [{ label: 'Move people…', action: { do: 'move' } } as const]
      : []),
  ];
  return {
    summary: `Organizations of ${page.account}`,
    ...(asked.notice ? { body: [asked.notice] } : {}),
    rows: page.rows.map(organizationRow),
    buttons,
  };
}

function organizationRow({ id, name, owner, members }: ListedOrganization): Row {
  const number =
    members > mostCounted
      ? `more than ${mostCounted.toLocaleString('en')} active members`
      : count(members, 'active member');
  return {
    title: oneLine(name, 100),
    detail: `Owner: ${oneLine(owner, 100)} · ${number}`,
    buttons: [
      { label: 'Members', action: { do: 'members', in: id } },
      { label: 'Pending', action: { do: 'pending', in: id } },
      { label: 'Licences', action: { do: 'licenses', in: id } },
      { label: 'Rename…', action: { do: 'organization.rename', in: id } },
    ],
  };
}

/** What a new organization means for whoever is to own it, before it is made. */
export function creationReview({ draftId, name, owner, consequences }: CreationReview): Message {
  const who = oneLine(owner.fullName, 100);
  const moving = movingLines(consequences);
  return {
    summary: `Create ${name}, with ${who} as its Owner?`,
    body: [
      `${who} moves there from ${oneLine(owner.organization, 100)}, and is no longer ${roleNames[owner.role]} of it.`,
      ...(moving.length > 0 ? [`What becomes of what they have: ${moving.join('; ')}.`] : []),
    ],
    buttons: [
      { label: 'Create', action: { do: 'organization.create.confirm', draftId }, style: 'primary' },
      { label: 'Do not create it', action: { do: 'keep' } },
    ],
  };
}

/** The new organization, and what comes next in it. */
export function organizationCreated(made: {
  organizationId: OrganizationId;
  organization: string;
  owner: string;
}): Message {
  const about = { in: made.organizationId };
  return {
    summary: `${made.organization} is there, and ${made.owner} is its Owner.`,
    body: ['Now people can be invited or moved to it.'],
    buttons: [
      { label: 'Invite people', action: { do: 'invite', ...about }, style: 'primary' },
      { label: 'Move people…', action: { do: 'move', ...about } },
      { label: 'All organizations', action: { do: 'organizations' } },
    ],
  };
}

/** Said above the list. */
export function renamedNotice({ from, to }: { from: string; to: string }): string {
  return from === to ? `${to} keeps its name.` : `${from} is called ${to} now.`;
}

/** An answer to words that seem to name an organization there is not, which were taken as they stand. */
export function unknownOrganization(
  message: Message,
  text: string,
  { nearest }: { nearest?: string },
): Message {
  const note = nearest
    ? `There is no organization called ${quoted(text, 60)}. Did you mean ${oneLine(nearest, 100)}?`
    : `No organization is called that, so usher took “in ${oneLine(text, 60)}” as part of what you typed.`;
  return { ...message, body: [note, ...(message.body ?? [])] };
}
