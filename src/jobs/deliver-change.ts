import { sql } from 'drizzle-orm';
import type { MemberId, OrganizationId } from '../../db/id.ts';
import type { Event } from '../membership/events.ts';
import { findAdmins } from '../membership/invitations/show-answered.ts';
import { changeNotice, goodbyeMessage, type StandingChange } from '../messages/changes.ts';
import type { Message } from '../messages/message.ts';
import { close, type JobContext, type Leased } from './outbox.ts';
import { reach, sendTo } from './reach.ts';

type MemberRow = Leased & { topic: MemberId };

/** Tells somebody in one message what others have made of them since it was first to be said, if it still holds. */
export async function deliverChange(context: JobContext, row: MemberRow): Promise<void> {
  const told = await readMember(context, row);
  if (told?.status !== 'active') return close(context.db, row, 'dropped', 'not there any more');
  const message = changeNotice(told, await readChanges(context, row));
  if (!message) return close(context.db, row, 'dropped', 'as it was before');
  await tell(context, row, told, message);
}

/** Says goodbye to somebody who was removed, and whom to ask, unless they are back by now. */
export async function deliverGoodbye(context: JobContext, row: MemberRow): Promise<void> {
  const told = await readMember(context, row);
  if (told?.status !== 'inactive') return close(context.db, row, 'dropped', 'back by now');
  const admins = await findAdmins(context.db, told.organizationId);
  const ask = admins.map(({ fullName }) => fullName).slice(0, 3);
  await tell(context, row, told, goodbyeMessage(told, ask));
}

async function tell(context: JobContext, row: MemberRow, whom: Told, message: Message): Promise<void> {
  const sent = await reach(context, whom, async (reached) => {
    await sendTo(context, reached, message, row);
    await close(context.db, row, 'sent');
    return true;
  });
  if (!sent) await close(context.db, row, 'dropped', 'they are not in chat');
}

interface Told extends Record<string, unknown> {
  accountId: string;
  account: string;
  organizationId: OrganizationId;
  organization: string;
  email: string;
  status: 'active' | 'inactive';
  removedBy: string | null;
}

async function readMember({ db }: JobContext, { topic }: MemberRow): Promise<Told | undefined> {
  const [told] = await db.execute<Told>(sql`
    select m.account_id as "accountId", a.name as account, o.id as "organizationId", o.name as organization, m.email,
      m.status, by.full_name as "removedBy"
    from member m join account a on a.id = m.account_id join organization o on o.id = m.organization_id
    left join member by on by.id = m.removed_by
    where m.id = ${topic}`);
  return told;
}

type Changing = Extract<
  Event,
  {
    name:
      | 'member.role-changed'
      | 'member.account-role-changed'
      | 'member.moved'
      | 'organization.created'
      | 'organization.transferred';
  }
>;

/** What was done to them, oldest first, by anybody but themselves. */
async function readChanges({ db }: JobContext, { id }: MemberRow): Promise<StandingChange[]> {
  const rows = await db.execute<{ by: string; event: Changing; destination: string | null }>(sql`
    select by.full_name as by, e.data as event, t.name as destination
    from outbox d join member m on m.id = d.topic
    join audit_event e on e.subject in (m.id, m.organization_id) and e.refusal is null and e.at >= d.created_at
      and (e.action in ('member.role-changed', 'member.account-role-changed', 'member.moved')
        or (e.action = 'organization.transferred' and e.data ->> 'to' = m.id)
        or (e.action = 'organization.created' and e.data ->> 'owner' = m.id))
    join member by on by.id = e.actor_member_id and by.id <> m.id
    left join organization t on e.action = 'member.moved' and t.id = e.data ->> 'to'
    where d.id = ${id} order by e.id`);
  return rows.map(({ by, event, destination }) => changeOf(by, event, destination));
}

function changeOf(by: string, event: Changing, destination: string | null): StandingChange {
  switch (event.name) {
    case 'member.role-changed':
      return { what: 'role', by, from: event.from, to: event.to };
    case 'member.account-role-changed':
      return { what: 'account-role', by, from: event.from, to: event.to };
    case 'member.moved':
      return { what: 'move', by, to: destination ?? '', role: event.role };
    case 'organization.created':
      return { what: 'founding', by };
    case 'organization.transferred':
      return { what: 'ownership', by };
  }
}
