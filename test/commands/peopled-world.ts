import { sql } from 'drizzle-orm';
import type { MemberId } from '../../db/id.ts';
import { createCast } from '../../sandbox/cast.ts';
import type { Shown } from '../../sandbox/slack/types.ts';
import { everythingSaid } from '../adapters/slack/state.ts';
import { createWorld, type TestWorld } from '../world.ts';

/** Payments with people of every role, and two of the name Ana. */
export interface PeopledWorld extends TestWorld {
  /** What somebody is told because of a command. */
  asks(who: string, words: string, text: string): Promise<Shown>;
  /** What somebody is told because they press a button. */
  presses(who: string, on: Shown, label: string, text: string): Promise<Shown>;
  idOf(email: string): Promise<MemberId>;
  /** The stored roles and states, by the part of the address before the @. */
  standings(): Promise<Record<string, string>>;
}

const more = [
  { name: 'bill', realName: 'Bill Ing', email: 'bill@acme.test' },
  { name: 'anas', realName: 'Ana Silva', email: 'anas@acme.test' },
];

const members = {
  adam: 'adam@acme.test as admin',
  bill: 'bill@acme.test as billing manager',
  mia: 'mia@acme.test',
  ana: 'ana@acme.test',
  anas: 'anas@acme.test',
};

/** usher in Slack, with everybody of `members` joined. */
export async function createPeopledWorld(): Promise<PeopledWorld> {
  const world = await createWorld({ people: [...createCast(), ...more] });
  await world.setUp();
  for (const [name, words] of Object.entries(members)) {
    await world.invite('olivia', words);
    await world.join(name);
  }
  await everythingSaid(world.db);
  return {
    ...world,
    asks: (who, words, text) => world.told(who, text, () => world.slack.command(who, words)),
    presses: (who, on, label, text) => world.told(who, text, () => world.slack.press(who, on, label)),
    async idOf(email) {
      const [row] = await world.db.execute<{ id: MemberId }>(
        sql`select id from member where email = ${email}`,
      );
      if (!row) throw new Error(`${email} is no member.`);
      return row.id;
    },
    async standings() {
      const rows = await world.db.execute<{ name: string; standing: string }>(sql`
        select split_part(m.email, '@', 1) as name, case when m.status <> 'active' then m.removal_reason
          when o.owner_member_id = m.id then 'owner' else m.role end as standing
        from member m join organization o on o.id = m.organization_id`);
      return Object.fromEntries(rows.map(({ name, standing }) => [name, standing]));
    },
  };
}
