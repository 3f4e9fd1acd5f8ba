import { sql } from 'drizzle-orm';
import { expect, type TestContext, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import { createPeople, textOf } from '../../sandbox/people.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { startUsher } from '../../src/main.ts';
import { describeBackends, type TestBackend } from '../jobs/backends.ts';
import { eventually } from '../jobs/eventually.ts';
import { createGround, type UsherProcess } from './process.ts';

const size = 50;
/** So many deliveries one process has in its hands at once. */
const inHands = 10;
const crowd = Array.from({ length: size }, (_, at) => ({
  name: `p${at}`,
  realName: `Person ${at}`,
  email: `p${at}@acme.test`,
}));
const olivia = { name: 'olivia', realName: 'Olivia Okafor', email: 'olivia@acme.test', isAdmin: true };

/** A workspace of fifty-one in which usher may end and start again. */
async function prepare(backend: TestBackend, { onTestFinished }: TestContext) {
  const ground = await createGround([olivia, ...crowd], onTestFinished);
  const { slack, database } = ground;
  const { db, close } = connect(database.url, { max: 2 });
  onTestFinished(close);
  const people = createPeople(slack);
  const copies = () =>
    crowd.map(({ name }) => people.messages(name).filter((one) => textOf(one).includes('[Join')).length);
  return {
    ...{ db, copies },
    async start(): Promise<UsherProcess> {
      const usher = ground.start(backend.env());
      slack.connect(`http://127.0.0.1:${await usher.listening}/slack/events`);
      return usher;
    },
    /** The one that comes after it may as well be in this process, which has read the modules. */
    async startAgain(): Promise<void> {
      const config = readConfig({ ...ground.settings, ...backend.env() });
      const { stop } = await startUsher(config, { log: createLog('silent') });
      onTestFinished(stop);
    },
    async inviteEverybody(): Promise<void> {
      await people.setUp();
      await people.invite('olivia', crowd.map(({ email }) => email).join(' '));
    },
    arrived: (atLeast: number) =>
      slack.until(() => copies().filter((n) => n > 0).length >= atLeast, `${atLeast} have arrived`),
    everythingIsClosed: () =>
      eventually('every row is closed', async () => {
        const waiting = await db.execute(sql`select 1 from outbox where status = 'waiting'`);
        return waiting.length === 0;
      }),
    /** Time passes until the leases of the dead process end, and until what it announced is announced again. */
    forgetTheDead: () =>
      db.execute(sql`
        update outbox set leased_until = leased_until - interval '61 seconds',
          announced_at = announced_at - interval '61 seconds' where status = 'waiting'`),
  };
}

// These wait more than they work, and so run side by side.
describeBackends(
  'usher that ends in the middle of fifty invitations',
  (backend) => {
    test('killed and started again, everybody has the invitation, and only what was in its hands can come twice', async (context) => {
      const { start, startAgain, inviteEverybody, copies, arrived, forgetTheDead, everythingIsClosed } =
        await prepare(backend, context);
      const first = await start();
      await inviteEverybody();
      await arrived(5);
      first.child.kill('SIGKILL');
      await first.exited;
      expect(copies().filter((n) => n === 0).length).toBeGreaterThan(0);
      await forgetTheDead();
      await startAgain();
      await arrived(size);
      await everythingIsClosed();
      const twice = copies().filter((n) => n > 1);
      expect(Math.max(...copies())).toBeLessThanOrEqual(2);
      expect(twice.length).toBeLessThanOrEqual(inHands);
    });

    test('asked to stop, it finishes what it has begun, ends well, and nobody gets anything twice', async (context) => {
      const { db, start, startAgain, inviteEverybody, copies, arrived, forgetTheDead, everythingIsClosed } =
        await prepare(backend, context);
      const first = await start();
      await inviteEverybody();
      await arrived(5);
      const askedAt = performance.now();
      first.child.kill('SIGTERM');
      expect(await first.exited).toBe(0);
      expect(performance.now() - askedAt).toBeLessThan(20_000);
      const leased = await db.execute(sql`select 1 from outbox where leased_until is not null`);
      expect(leased).toHaveLength(0);
      await forgetTheDead();
      await startAgain();
      await arrived(size);
      await everythingIsClosed();
      expect(new Set(copies())).toEqual(new Set([1]));
    });
  },
  { concurrent: true },
);
