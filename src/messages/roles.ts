import type { DraftId } from '../../db/id.ts';
import type { StoredRole } from '../../db/schema.ts';
import type { AccountAdmin } from '../membership/members/account-admins.ts';
import type { AccountRoleLine, AccountRoleReview } from '../membership/members/change-account-roles.ts';
import type { Line } from '../membership/members/change-lines.ts';
import { changes, type RoleLine, type RoleReview } from '../membership/members/change-roles.ts';
import type { MemberCard } from '../membership/members/show-member.ts';
import { accountRoleNames, roleNames } from '../membership/refusal.ts';
import { leftLines } from './groups.ts';
import type { Button, Message, Row } from './message.ts';
import { whyNot } from './obstacles.ts';
import { moreLines, oddFirst, peopleReview } from './people-review.ts';
import { count, oneLine } from './words.ts';

interface Change extends Line {
  from: string;
  to: string;
}

/** Which role a member is to get: the ones the viewer may give them. */
export function roleOffer({ member, actions }: MemberCard): Message {
  const memberId = member.id;
  const name = oneLine(member.fullName, 100);
  const buttons: Button[] = [
    ...actions.roles.map(
      (role): Button => ({
        label: `Make ${roleNames[role]}`,
        action: { do: 'role.review', memberId, role },
      }),
    ),
    ...(actions.transfer ? [{ label: 'Make Owner…', action: { do: 'transfer', memberId } } as const] : []),
    { label: 'Keep it', action: { do: 'keep' } },
  ];
  return {
    summary: `${name} is ${roleNames[member.role]} of ${member.organization}.`,
    body: ['Which role are they to have?'],
    buttons,
  };
}

/** Who changes from what to what, and who does not and why, before anything is changed. */
export function roleReview(review: RoleReview, unknown: readonly string[]): Message {
  const homes = new Set(review.lines.map(({ organization }) => organization));
  const [only] = homes;
  const elsewhere = only !== undefined && homes.size === 1 && only !== review.home;
  const role = `${roleNames[review.role]}${elsewhere ? ` of ${oneLine(only, 100)}` : ''}`;
  return changeReview(review, unknown, {
    question: (whom) => `Make ${whom} ${role}?`,
    isNotable: ({ leaves }) => leaves !== undefined,
    confirm: (draftId) => ({ do: 'role.confirm', draftId }),
    rowOf: (line) => roleRow(line, 'leaves', homes.size > 1),
  });
}

/** What became of each. */
export function roleResult(lines: readonly RoleLine[]): Message {
  const homes = new Set(lines.map(({ organization }) => organization));
  return changeResult(lines, (line) => roleRow(line, 'left', homes.size > 1));
}

/** The same for the account role. */
export function accountRoleReview(review: AccountRoleReview, unknown: readonly string[]): Message {
  const gives = review.accountRole === 'account-admin';
  return changeReview(review, unknown, {
    question: (whom) => (gives ? `Make ${whom} Account Admin?` : `Take the role Account Admin from ${whom}?`),
    isNotable: () => false,
    confirm: (draftId) => ({ do: 'account.confirm', draftId }),
    rowOf: accountRow,
  });
}

/** What became of each. */
export function accountRoleResult(lines: readonly AccountRoleLine[]): Message {
  return changeResult(lines, accountRow);
}

function changeReview<Kind extends Change>(
  review: { draftId?: DraftId; lines: readonly Kind[] },
  unknown: readonly string[],
  words: {
    question(whom: string): string;
    isNotable(line: Kind): boolean;
    confirm: (draftId: DraftId) => Button['action'];
    rowOf: (line: Kind) => Row;
  },
): Message {
  return peopleReview(review, {
    unknown,
    isGoing: changes,
    question: words.question,
    isNotable: words.isNotable,
    nothing: 'Nothing would change.',
    meaning: 'Nothing is changed before you confirm.',
    rowOf: words.rowOf,
    confirm: (changed, draftId) => ({
      label: changed === 1 ? 'Change role' : `Change ${count(changed, 'role')}`,
      action: words.confirm(draftId),
      style: 'primary',
    }),
    keep: () => 'Keep it as it is',
  });
}

function changeResult<Kind extends Change>(lines: readonly Kind[], rowOf: (line: Kind) => Row): Message {
  const changed = lines.filter(changes).length;
  const { shown, more } = oddFirst(lines, changes);
  return {
    summary: changed > 0 ? `Changed ${count(changed, 'role')}.` : 'Nothing was changed.',
    rows: shown.map(rowOf),
    ...moreLines(more),
  };
}

/** With people of several organizations, each line says of which. */
function roleRow(line: RoleLine, leaves: 'leaves' | 'left', saysWhere: boolean): Row {
  const role = line.obstacle
    ? `stays ${roleNames[line.from]}: ${whyNot(line.obstacle)}`
    : line.from === line.to
      ? `is ${roleNames[line.to]} already`
      : `${roleNames[line.from]} → ${roleNames[line.to]}`;
  const where = saysWhere ? [oneLine(line.organization, 100)] : [];
  const left = leftLines(line.leaves ?? [], leaves);
  return { title: oneLine(line.fullName, 100), detail: [line.email, ...where, role, ...left].join(' · ') };
}

function accountRow(line: AccountRoleLine): Row {
  const role = line.obstacle
    ? `stays ${inAccount(line.from)}: ${whyNot(line.obstacle)}`
    : line.from === line.to
      ? `is ${inAccount(line.to)} already`
      : `${inAccount(line.from)} → ${inAccount(line.to)}`;
  return { title: oneLine(line.fullName, 100), detail: `${line.email} · ${role}` };
}

/** "User" alone would be taken for the role in the organization. */
function inAccount(role: AccountRoleLine['to']): string {
  return role === 'user' ? 'User of the account' : accountRoleNames[role];
}

/** The Account Admins, with a button to take the role from each. */
export function accountAdminList(list: { account: string; admins: AccountAdmin[]; total: number }): Message {
  const more = list.total - list.admins.length;
  return {
    summary: `Account Admins of ${list.account}`,
    body: [
      'They may do everything in every organization of the account, except hand over what others own.',
      'To add one, type: /usher account give ana@acme.com',
    ],
    rows: list.admins.map(({ id: memberId, fullName, email, organization }) => ({
      title: oneLine(fullName, 100),
      detail: `${email} · ${organization}`,
      ...(list.total > 1
        ? {
            buttons: [
              {
                label: 'Take the role',
                action: { do: 'account.review', memberId, accountRole: 'user' } as const,
              },
            ],
          }
        : {}),
    })),
    ...(more > 0
      ? { footnote: `And ${count(more, 'more', 'more')}: /usher who shows their card, with the same button.` }
      : {}),
  };
}

/** The ownership has been handed over. */
export function transferredMessage({
  organization,
  newOwner,
}: {
  organization: string;
  newOwner: string;
}): Message {
  return {
    summary: `${newOwner} is the Owner of ${organization} now.`,
    body: [`You are ${roleNames['admin' satisfies StoredRole]}.`],
  };
}
