import { sql } from 'drizzle-orm';
import { newId, type OrganizationId } from '../../../db/id.ts';
import { findWorkspace, mayFound } from '../actor.ts';
import { cleanLine } from '../clean-text.ts';
import type { Context } from '../context.ts';
import { firstProducts, insertProducts } from '../licenses/catalogue.ts';
import { operation } from '../operation.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';

/**
 * Sets usher up in a new workspace: the account, its first organization, and the actor as Owner and Account Admin,
 * and the catalogue of licences. Two
 * at once: the workspace belongs to whoever commits first, the other is told.
 */
export function setUpOrganization(
  context: Context,
  input: { organization: string },
): Promise<{ organizationId: OrganizationId; organization: string }> {
  const { actor } = context;
  const organization = cleanLine(input.organization, 100);
  return operation(context, async (tx) => {
    const connected = await findWorkspace(tx, actor);
    if (connected) throw new Refusal('already-connected', { organization: connected.account });
    if (!mayFound(context) || actor.email === undefined) {
      throw new Refusal('may-not-set-up', { founders: context.founders, platform: actor.platform });
    }
    if (organization === '') throw new Refusal('name-is-empty', {});
    const [accountId, organizationId, memberId] = [newId('acc'), newId('org'), newId('mem')];
    await tx.execute(sql`insert into account (id, name) values (${accountId}, ${organization})`);
    const [won] = await tx.execute(sql`
      insert into workspace (platform, external_id, account_id)
      values (${actor.platform}, ${actor.workspaceId}, ${accountId}) on conflict do nothing returning 1`);
    if (!won) {
      const winner = await findWorkspace(tx, actor);
      throw new Refusal('already-connected', { organization: winner?.account ?? organization });
    }
    await tx.execute(sql`
      insert into organization (id, account_id, name, owner_member_id)
      values (${organizationId}, ${accountId}, ${organization}, ${memberId})`);
    await tx.execute(sql`
      insert into member (id, account_id, organization_id, email, full_name, account_role, role)
      values (${memberId}, ${accountId}, ${organizationId}, ${actor.email}, ${actor.fullName}, 'account-admin',
        'admin')`);
    await tx.execute(sql`
      insert into chat_identity (platform, workspace_id, user_id, account_id, member_id)
      values (${actor.platform}, ${actor.workspaceId}, ${actor.userId}, ${accountId}, ${memberId})`);
    await insertProducts(tx, accountId, firstProducts);
    await record(tx, [
      {
        accountId,
        organizationId,
        actorMemberId: memberId,
        event: { name: 'organization.set-up', organizationId, organization },
      },
    ]);
    return { organizationId, organization };
  });
}
