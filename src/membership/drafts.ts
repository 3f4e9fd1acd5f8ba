import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { type DraftId, newId } from '../../db/id.ts';
import { readStanding } from './actor.ts';
import type { Context } from './context.ts';
import { operation } from './operation.ts';
import type { Standing } from './policy.ts';
import { Refusal } from './refusal.ts';

/** Keeps what somebody has prepared until they confirm it; for a day, for them alone, and while they are a member. */
export async function saveDraft(tx: Transaction, standing: Standing, input: object): Promise<DraftId> {
  const id = newId('dra');
  await tx.execute(sql`
    insert into draft (id, member_id, input)
    select ${id}, m.id, ${JSON.stringify(input)}::jsonb from member m
    where m.id = ${standing.memberId} and m.status = 'active' for share`);
  return id;
}

/** What the actor has prepared under this id. Reading does not use it up: a second press finds it again. */
export function readDraft<Input extends object>(context: Context, id: DraftId): Promise<Input> {
  return operation(context, async (tx) => {
    const standing = await readStanding(tx, context);
    const [draft] = await tx.execute<{ input: Input }>(sql`
      select input from draft where id = ${id} and member_id = ${standing.memberId}`);
    if (!draft) throw new Refusal('draft-is-gone', {});
    return draft.input;
  });
}

/** Whether it is still there: neither dropped nor too old. */
export async function isKept({ db }: Context, id: DraftId): Promise<boolean> {
  const [draft] = await db.execute(sql`select 1 from draft where id = ${id}`);
  return draft !== undefined;
}

/** Forgets what the actor has prepared: it cannot be confirmed any more, and work on it ends. */
export function dropDraft(context: Context, id: DraftId): Promise<void> {
  return operation(context, async (tx) => {
    const standing = await readStanding(tx, context);
    await tx.execute(sql`delete from draft where id = ${id} and member_id = ${standing.memberId}`);
  });
}
