import { sql } from 'drizzle-orm';
import type { ExportContent } from '../../../db/export-schema.ts';
import { type ExportId, newId } from '../../../db/id.ts';
import { authorize, lockStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { scopeOf } from '../policy.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { rightToExport } from './read-export.ts';

/** An export that was begun: of the whole account, or of one organization. */
export interface BegunExport {
  exportId: ExportId;
  content: ExportContent;
  organization: string | undefined;
}

/**
 * Begins an export to whoever asks, where they ask. One at a time: an offer of theirs that waits for an answer is given up
 * for it. The file is made later, by a job, for the rights they have then.
 */
export function requestExport(context: Context, input: { content: ExportContent }): Promise<BegunExport> {
  return operation(
    context,
    async (tx) => {
      const standing = await lockStanding(tx, context);
      const right = rightToExport[input.content];
      await authorize(tx, standing, right);
      const { accountId, organizationId, memberId } = standing;
      const { platform, workspaceId } = context.actor;
      const scene = { accountId, organizationId, actorMemberId: memberId };
      const given = await tx.execute<{ id: ExportId }>(sql`
        update export_request set status = 'cancelled' where member_id = ${memberId} and status = 'offered'
        returning id`);
      const [asked] = await tx.execute<{ id: ExportId }>(sql`
        insert into export_request (id, account_id, member_id, organization_id, platform, workspace_id, content)
        values (${newId('exp')}, ${accountId}, ${memberId}, ${standing.named ? organizationId : null}, ${platform}, ${workspaceId}, ${input.content})
        on conflict (member_id) where status in ('making', 'offered') do nothing returning id`);
      if (!asked) throw new Refusal('export-under-way', {});
      await record(tx, [
        ...given.map(({ id }) => ({ ...scene, event: { name: 'export.cancelled', exportId: id } as const })),
        { ...scene, event: { name: 'export.requested', exportId: asked.id, content: input.content } },
      ]);
      const isOfAll = scopeOf(standing, right) === undefined;
      return {
        exportId: asked.id,
        content: input.content,
        organization: isOfAll ? undefined : standing.organization,
      };
    },
    { action: 'export.requested' },
  );
}
