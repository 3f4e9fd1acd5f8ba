import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/connect.ts';
import type { OrganizationId } from '../../../db/id.ts';
import { authorize, lockAccountAndStanding, readStanding } from '../actor.ts';
import { type Channel, findChannel } from '../channel/find-channel.ts';
import type { Context } from '../context.ts';
import type { Settings } from '../events.ts';
import { operation } from '../operation.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';

/** The shortest and the longest life of a link, in minutes: 15 minutes and 30 days. */
const lifetimes = { least: 15, most: 30 * 24 * 60 };
const mostReminders = 3;

/** The settings of the actor's organization. */
export function showSettings(context: Context): Promise<{
  organization: string;
  organizationId: OrganizationId;
  settings: Settings;
  channel: Channel | undefined;
}> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'settings');
      const { organization, organizationId } = standing;
      const settings = await readSettings(tx, organizationId);
      return { organization, organizationId, settings, channel: await findChannel(tx, organizationId) };
    },
    { action: 'organization.settings-changed' },
  );
}

/** Sets all of them, for links made from then on. Settings that are as they were leave no trace. */
export function changeSettings(
  context: Context,
  to: Settings,
): Promise<{ organization: string; settings: Settings; channel: Channel | undefined }> {
  if (!isPossible(to)) throw new Refusal('settings-not-possible', {});
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      await authorize(tx, standing, 'settings');
      const { accountId, organizationId, organization, memberId: actorMemberId } = standing;
      const from = await readSettings(tx, organizationId);
      const changed = { organization, settings: ordered(to), channel: await findChannel(tx, organizationId) };
      if (JSON.stringify(from) === JSON.stringify(changed.settings)) return changed;
      await tx.execute(sql`
        update organization set link_lifetime = make_interval(mins => ${to.linkLifetime}),
          reminders_before_end = array(select make_interval(mins => m)
            from unnest(${sql.param(to.remindersBeforeEnd)}::int[]) as m),
          quiet_from = ${to.quietFrom}, quiet_until = ${to.quietUntil}
        where id = ${organizationId}`);
      const event = {
        name: 'organization.settings-changed',
        organizationId,
        from,
        to: changed.settings,
      } as const;
      await record(tx, [{ accountId, organizationId, actorMemberId, event }]);
      return changed;
    },
    { action: 'organization.settings-changed' },
  );
}

/** The settings of an organization; steady while the account is locked. */
export async function readSettings(
  db: Database | Transaction,
  organizationId: OrganizationId,
): Promise<Settings> {
  const [row] = await db.execute<Settings & Record<string, unknown>>(sql`
    select (extract(epoch from link_lifetime) / 60)::int as "linkLifetime",
      array(select (extract(epoch from before) / 60)::int from unnest(reminders_before_end) as before
        order by before desc) as "remindersBeforeEnd",
      quiet_from as "quietFrom", quiet_until as "quietUntil"
    from organization where id = ${organizationId}`);
  if (!row) throw new Refusal('settings-not-possible', {});
  return ordered(row);
}

/** The same keys in the same order, so that equal settings are equal texts. */
function ordered({ linkLifetime, remindersBeforeEnd, quietFrom, quietUntil }: Settings): Settings {
  const reminders = [...remindersBeforeEnd].sort((a, b) => b - a);
  return { linkLifetime, remindersBeforeEnd: reminders, quietFrom, quietUntil };
}

function isPossible({ linkLifetime, remindersBeforeEnd, quietFrom, quietUntil }: Settings): boolean {
  const isWithin = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  return (
    isWithin(linkLifetime, lifetimes.least, lifetimes.most) &&
    remindersBeforeEnd.length <= mostReminders &&
    remindersBeforeEnd.every((before) => isWithin(before, 1, linkLifetime - 1)) &&
    isWithin(quietFrom, 0, 23) &&
    isWithin(quietUntil, 0, 23)
  );
}
