import { findWorkspace } from '../actor.ts';
import type { Context } from '../context.ts';
import { queueDeliveries } from '../record.ts';
import { findInvitations } from './find-invitation.ts';

/**
 * Queues the open invitations of the actor's address that had reached nobody. True when there are any, or one is on its
 * way.
 */
export async function deliverAgain({
  db,
  actor,
  announce,
}: Pick<Context, 'db' | 'actor' | 'announce'>): Promise<boolean> {
  const workspace = await findWorkspace(db, actor);
  if (!workspace || !actor.email) return false;
  const found = await findInvitations(db, { pendingFor: actor.email, accountId: workspace.accountId });
  const missed = found.filter(({ expired, delivery }) => !expired && delivery !== 'delivered');
  if (missed.length === 0) return false;
  await queueDeliveries(
    db,
    missed.flatMap(({ id, delivery }) =>
      delivery === 'sending' ? [] : [{ topic: id, kind: 'invite' } as const],
    ),
  );
  announce();
  return true;
}
