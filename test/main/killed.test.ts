import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Connection, connect } from '../../db/connect.ts';
import { createPeople, type People, textOf } from '../../sandbox/people.ts';
import { createPretendSlack, type PretendSlack } from '../../sandbox/slack/pretend-slack.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { describeBackends } from '../jobs/backends.ts';
import { eventually } from '../jobs/eventually.ts';
import { killProcesses, settingsFor, startProcess, type UsherProcess } from './process.ts';

const size = 50;
/** So many deliveries one process has in its hands at once. */
const inHands = 10;
const crowd = Array.from({ length: size }, (_, at) => ({
  name: `p${at}`,
  realName: `Person ${at}`,
  email: `p${at}@acme.test`,
}));
const olivia = { name: 'olivia', realName: 'Olivia Okafor', email: 'olivia@acme.test', isAdmin: true };

describeBackends('usher that ends in the middle of fifty invitations', (backend) => {
  let database: TestDatabase;
  let connection: Connection;
  let slack: PretendSlack;
  let people: People;
  beforeEach(async () => {
    database = await createTestDatabase();
    connection = connect(database.url, { max: 2 });
    slack = await createPretendSlack({ people: [olivia, ...crowd], channels: ['general'] });
    people = createPeople(slack);
  });
  afterEach(async () => {
    await killProcesses();
    await connection?.close();
    await slack?.stop();
    await database?.drop();
  });

  async function start(): Promise<UsherProcess> {
    const usher = startProcess({ ...settingsFor(slack, database.url), ...backend.env() });
    slack.connect(`http://127.0.0.1:${await usher.listening}/slack/events`);
    return usher;
  }

  async function inviteEverybody(): Promise<void> {
    await people.setUp();
    await people.invite('olivia', crowd.map(({ email }) => email).join(' '));
  }

  const copies = () =>
    crowd.map(({ name }) => people.messages(name).filter((one) => textOf(one).includes('[Join')).length);
  const arrived = (atLeast: number) =>
    slack.until(() => copies().filter((n) => n > 0).length >= atLeast, `${atLeast} have arrived`, 30_000);

  async function everythingIsClosed(): Promise<void> {
    await eventually(
      'every row is closed',
      async () => {
        const waiting = await connection.db.execute(sql`select 1 from outbox where status = 'waiting'`);
        return waiting.length === 0;
      },
      30_000,
    );
  }

  /** Time passes until the leases of the dead process end, and until what it announced is announced again. */
  const forgetTheDead = () =>
    connection.db.execute(sql`
      update outbox set leased_until = leased_until - interval '61 seconds',
        announced_at = announced_at - interval '61 seconds' where status = 'waiting'`);

  test('killed and started again, everybody has the invitation, and only what was in its hands can come twice', async () => {
    const first = await start();
    await inviteEverybody();
    await arrived(5);
    first.child.kill('SIGKILL');
    await first.exited;
    expect(copies().filter((n) => n === 0).length).toBeGreaterThan(0);
    await forgetTheDead();
    await start();
    await arrived(size);
    await everythingIsClosed();
    const twice = copies().filter((n) => n > 1);
    expect(Math.max(...copies())).toBeLessThanOrEqual(2);
    expect(twice.length).toBeLessThanOrEqual(inHands);
  });

  test('asked to stop, it finishes what it has begun, ends well, and nobody gets anything twice', async () => {
    const first = await start();
    await inviteEverybody();
    await arrived(5);
    const askedAt = performance.now();
    first.child.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(20_000);
    const leased = await connection.db.execute(sql`select 1 from outbox where leased_until is not null`);
    expect(leased).toHaveLength(0);
    await forgetTheDead();
    await start();
    await arrived(size);
    await everythingIsClosed();
    expect(new Set(copies())).toEqual(new Set([1]));
  });
});
