import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import type { WorldOptions } from '../../sandbox/world.ts';
import { everythingSaid } from '../adapters/slack/state.ts';
import type { TestWorld } from '../world.ts';
import { textOf } from '../world.ts';
import { describeBackends } from './backends.ts';
import { eventually } from './eventually.ts';
import { outboxOf } from './outbox.ts';

const people = ['ana', 'ben', 'cleo', 'mia', 'adam'];

describeBackends('a queue that is lost', (backend) => {
  const worlds: TestWorld[] = [];
  afterEach(async () => {
    for (const world of worlds.splice(0).reverse()) await world.stop();
  });

  async function createWorld(options?: WorldOptions): Promise<TestWorld> {
    const world = await backend.createWorld(options);
    worlds.push(world);
    return world;
  }

  /** Everything BullMQ knows is gone: jobs, and the schedules of sweeper and clock. */
  async function loseQueue({ db }: TestWorld): Promise<void> {
    if (backend.redis) return backend.redis.flush();
    await db.execute(sql`truncate bullmq.job, bullmq.scheduler, bullmq.meta, bullmq.dedup cascade`);
  }

  const invitationsOf = ({ messages }: TestWorld, who: string) =>
    messages(who).filter((message) => textOf(message).includes('invites you')).length;

  const inviteAll = (world: TestWorld) =>
    world.invite('olivia', people.map((who) => world.slack.person(who).email).join(' '));

  test('whatever was announced to it is announced again after a minute', async () => {
    const web = await createWorld({ parts: ['web'] });
    await web.setUp();
    await inviteAll(web);
    await eventually('all rows were handed to the queue', async () => {
      const rows = await web.db.execute(sql`select 1 from outbox where announced_at is not null`);
      return rows.length === people.length;
    });
    await loseQueue(web);
    await web.db.execute(sql`update outbox set announced_at = announced_at - interval '61 seconds'`);
    const worker = await createWorld({
      env: { DATABASE_URL: web.usher.databaseUrl },
      slack: { teamId: web.slack.teamId },
      parts: ['worker'],
    });
    for (const who of people) await worker.sees(who, 'invites you');
    await everythingSaid(web.db);
    expect(people.map((who) => invitationsOf(worker, who))).toEqual([1, 1, 1, 1, 1]);
  });

  test('a running usher goes on sending and keeping time', async () => {
    const world = await createWorld();
    await world.setUp();
    await loseQueue(world);
    await inviteAll(world);
    for (const who of people) await world.sees(who, 'invites you');
    await everythingSaid(world.db);
    await world.passTime(24.1);
    await world.slack.until(
      () => people.every((who) => world.messages(who).some((m) => textOf(m).includes('no longer valid'))),
      'the clock notices that the links ran out',
      20_000,
    );
    expect(people.map((who) => world.messages(who).length)).toEqual([1, 1, 1, 1, 1]);
  });

  test('a row that no process has announced, because it died after the commit, is sent by the sweeper', async () => {
    const world = await createWorld();
    await world.setUp();
    await world.invite('olivia', 'ana@acme.test');
    await world.sees('ana', 'invites you');
    await everythingSaid(world.db);
    await world.db.execute(sql`insert into outbox (topic, kind) select id, 'invite' from invitation`);
    await world.slack.until(() => invitationsOf(world, 'ana') === 2, 'the sweeper finds the row');
    await everythingSaid(world.db);
    expect(await outboxOf(world.db, 'ana@acme.test')).toMatchObject([{ status: 'sent' }, { status: 'sent' }]);
  });

  test('a row leased by a process that died holds up its topic until the lease ends, and is sent then', async () => {
    const world = await createWorld();
    await world.setUp();
    await world.invite('olivia', 'ana@acme.test');
    await world.sees('ana', 'invites you');
    await everythingSaid(world.db);
    await world.db.execute(sql`
      insert into outbox (topic, kind, attempt, announced_at, leased_until)
      select id, 'invite', 1, now() - interval '1 hour', now() + interval '1 hour' from invitation`);
    await world.db.execute(sql`insert into outbox (topic, kind) select id, 'redraw' from invitation`);
    await world.invite('olivia', 'cleo@acme.test');
    await world.sees('cleo', 'invites you');
    expect(invitationsOf(world, 'ana')).toBe(1);
    await world.db.execute(
      sql`update outbox set leased_until = now() - interval '1 second' where leased_until > now()`,
    );
    await world.slack.until(() => invitationsOf(world, 'ana') === 2, 'the freed row is sent');
    await everythingSaid(world.db);
    expect(await outboxOf(world.db, 'ana@acme.test')).toMatchObject([
      { kind: 'invite', status: 'sent', attempt: 1 },
      { kind: 'invite', status: 'sent', attempt: 2 },
      { kind: 'redraw', status: 'sent', attempt: 1 },
    ]);
  });
});
