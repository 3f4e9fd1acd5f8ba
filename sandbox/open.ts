import { sql } from 'drizzle-orm';
import express from 'express';
import { findFreePort } from './free-port.ts';
import { readNotes } from './notes.ts';
import { createPage, type Task } from './page/page.ts';
import { createTeamsSandboxApi } from './teams/http.ts';
import { createWorld, type World } from './world.ts';

const tasks: Task[] = [
  {
    title: 'As Olivia, the Owner, invite Ana. Look at the review, then press Send.',
    as: 'Olivia Okafor',
    text: '/usher invite ana@acme.test',
    until: { press: 'invite.send' },
  },
  {
    title: 'Now be Ana: press Join in the message from usher.',
    as: 'Ana Ruiz',
    until: { press: 'join' },
  },
  {
    title: 'As Adam, an Admin, invite two more. usher notices a typo; correct it and press Send.',
    as: 'Adam Berg',
    text: '/usher invite Ben Ito <ben@gmial.com>, cleo@acme.test',
    until: { press: 'invite.send' },
  },
  {
    title: 'Be Cleo and let 12 hours pass: usher reminds her. Another 12, and her invitation has run out.',
    as: 'Cleo Novak',
    until: { hours: 24 },
  },
  {
    title: 'As Adam, see who has not answered. Send it again, copy the link, or revoke it.',
    as: 'Adam Berg',
    text: '/usher pending',
  },
  {
    title: 'As Mia, a plain member, try the same. usher says who can do it.',
    as: 'Mia Chen',
    text: '/usher pending',
  },
  {
    title:
      'In the channel payments, have the news told there (in Teams the words do it in General). Invite Ben, let 12 hours pass, and see what comes.',
    as: 'Olivia Okafor',
    in: 'slack',
    place: 'payments',
    text: '/usher settings channel here',
  },
  {
    title: 'In Teams, ask usher in the channel General as Adam: he gets the list in his own chat.',
    as: 'Adam Berg',
    in: 'teams',
    place: 'General',
    text: '/usher members',
  },
  {
    title: 'In Teams, open the card as Olivia and press Invite people: the form is a dialog.',
    as: 'Olivia Okafor',
    in: 'teams',
    text: '/usher help',
    until: { press: 'invite' },
  },
  {
    title: 'As Olivia, the Account Admin too, make a second organization, and press Create.',
    as: 'Olivia Okafor',
    text: '/usher org create Risk owned by mia',
    until: { press: 'organization.create.confirm' },
  },
  {
    title: 'Look at it from your own: any command takes the name of another organization at its end.',
    as: 'Olivia Okafor',
    text: '/usher members in Risk',
  },
  {
    title: 'As Adam, get everybody as a file; in Teams it asks first.',
    as: 'Adam Berg',
    text: '/usher export',
  },
];

export interface SandboxOptions {
  /** An empty database; the sandbox fills it. */
  databaseUrl: string;
  /** Where the page is on this machine; 0 takes a free one. */
  port: number;
  /** Settings of usher beside the ones the sandbox makes. */
  env?: Record<string, string>;
}

/** A pretend workspace and tenant in a page, and a small organization in both; `world.slack.url` is where the page is. */
export async function openSandbox({ databaseUrl, port, env = {} }: SandboxOptions): Promise<World> {
  const opened: { world?: World } = {};
  const page = express.Router();
  page.use(
    createPage({
      tasks,
      passTime: async (hours) => {
        const { world } = opened;
        if (!world) return;
        await bringMondayNear(world.db);
        await world.passTime(hours);
      },
      notes: async () => (opened.world ? readNotes(opened.world.db) : {}),
    }),
  );
  const world = await createWorld({
    // Join links carry the port, so it has to be known before usher listens.
    env: { ...env, DATABASE_URL: databaseUrl, PORT: String(await findFreePort()) },
    slack: { port, page },
    teams: true,
    sweepEveryMs: 500,
    clockEveryMs: 1000,
  });
  opened.world = world;
  page.use(createTeamsSandboxApi(world.teams));
  try {
    await seed(world);
  } catch (error) {
    await world.stop();
    throw error;
  }
  return world;
}

/** Nobody waits fourteen times half a day for the weekly digest: in the sandbox it is Monday tomorrow, whatever the day. */
async function bringMondayNear(db: World['db']): Promise<void> {
  await db.execute(sql`
    update organization_channel set digest_at = least(digest_at, now() + interval '12 hours')`);
}

/** Payments with its Owner, an Admin and a member in Slack, and the tenant connected to it, made the way people would. */
async function seed(world: World): Promise<void> {
  await world.setUp();
  await connectTenant(world);
  await world.invite('olivia', 'adam@acme.test as admin');
  await world.join('adam');
  await world.sees('olivia', 'Joined: adam@acme.test');
  await world.invite('olivia', 'mia@acme.test');
  await world.join('mia');
  await world.sees('olivia', 'Joined: mia@acme.test');
}

async function connectTenant(world: World): Promise<void> {
  const { chat, sees } = world.on('teams');
  await chat.command('olivia', '');
  await chat.press('olivia', await sees('olivia', '[Connect to Payments]'), 'Connect to Payments');
  await sees('olivia', 'belongs to Payments now');
}
