import { sql } from 'drizzle-orm';
import { authorize, lockAccountAndStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { record } from '../record.ts';
import { refuseTakenName, usableOrganizationName } from './organization-names.ts';

/** Gives the organization the request is about another name; whatever is drawn from now on says it. */
export function renameOrganization(
  context: Context,
  input: { name: string },
): Promise<{ from: string; to: string }> {
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      const { accountId, organizationId, organization: from, memberId: actorMemberId } = standing;
      await authorize(tx, standing, 'manage-organizations');
      const to = usableOrganizationName(input.name);
      if (from === to) return { from, to };
      await refuseTakenName(tx, accountId, to, organizationId);
      await tx.execute(sql`update organization set name = ${to} where id = ${organizationId}`);
      await record(tx, [
        {
          ...{ accountId, organizationId, actorMemberId },
          event: { name: 'organization.renamed', organizationId, from, to },
        },
      ]);
      return { from, to };
    },
    {
      action: 'organization.renamed',
      ...(context.organizationId ? { subject: context.organizationId } : {}),
    },
  );
}
