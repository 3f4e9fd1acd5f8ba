import { sql } from 'drizzle-orm';
import { findWorkspace, lockStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { findAccountAdmin } from '../members/meet.ts';
import { operation } from '../operation.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';

/**
 * Connects a further workspace or tenant to the account of the acting Account Admin, known by their verified address.
 * Only workspaces the operator has given usher the keys of get this far.
 */
export function connectWorkspace(context: Context): Promise<{ account: string }> {
  const { actor } = context;
  return operation(context, async (tx) => {
    const connected = await findWorkspace(tx, actor);
    if (connected) throw new Refusal('already-connected', { organization: connected.account });
    const admin = await findAccountAdmin({ db: tx, actor });
    if (!admin) throw new Refusal('may-not-set-up', { founders: [], platform: actor.platform });
    const [won] = await tx.execute(sql`
      insert into workspace (platform, external_id, account_id)
      values (${actor.platform}, ${actor.workspaceId}, ${admin.accountId}) on conflict do nothing returning 1`);
    if (!won) {
      const winner = await findWorkspace(tx, actor);
      throw new Refusal('already-connected', { organization: winner?.account ?? admin.account });
    }
    const standing = await lockStanding(tx, context);
    if (standing.accountRole !== 'account-admin') {
      throw new Refusal('may-not-set-up', { founders: [], platform: actor.platform });
    }
    const { platform, workspaceId } = actor;
    await record(tx, [
      {
        accountId: standing.accountId,
        organizationId: null,
        actorMemberId: standing.memberId,
        event: { name: 'workspace.connected', platform, workspaceId },
      },
    ]);
    return { account: admin.account };
  });
}
