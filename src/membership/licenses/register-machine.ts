import { sql } from 'drizzle-orm';
import type { ProductId } from '../../../db/id.ts';
import { lockStanding } from '../actor.ts';
import { cleanLine } from '../clean-text.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';

/** Notes that the actor has activated a licence of theirs on a machine; once per machine, however often it says so. */
export function registerMachine(
  context: Context,
  input: { productId: ProductId; machineId: string },
): Promise<{ machineId: string; isNew: boolean }> {
  const { productId } = input;
  const machineId = cleanLine(input.machineId, 100);
  return operation(
    context,
    async (tx) => {
      const standing = await lockStanding(tx, context);
      const { accountId, homeId: organizationId, memberId, fullName: name } = standing;
      if (machineId === '') throw new Refusal('machine-id-is-empty', {});
      const [seat] = await tx.execute(sql`
        select 1 from license_assignment where member_id = ${memberId} and product_id = ${productId} for key share`);
      if (!seat) {
        const [product] = await tx.execute<{ name: string }>(sql`
          select name from license_product where id = ${productId} and account_id = ${accountId}`);
        throw new Refusal('no-license', { name, product: product?.name ?? '', you: true });
      }
      const [made] = await tx.execute(sql`
        insert into registered_machine (member_id, product_id, machine_id)
        values (${memberId}, ${productId}, ${machineId}) on conflict do nothing returning 1`);
      if (made) {
        const event = { name: 'machine.registered', memberId, productId, machineId } as const;
        await record(tx, [{ accountId, organizationId, actorMemberId: memberId, event }]);
      }
      return { machineId, isNew: made !== undefined };
    },
    { action: 'machine.registered', subject: productId },
  );
}
