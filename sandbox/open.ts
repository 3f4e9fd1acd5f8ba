import { createPage } from './page/page.ts';
import { createWorld, type World } from './world.ts';

const tasks = [
  {
    title: 'As Olivia, the Owner, invite Ana. Look at the review, then press Send.',
    as: 'Olivia Okafor',
    text: '/usher invite ana@acme.test',
  },
  { title: 'Now be Ana: open the message from usher and press Join.', as: 'Ana Ruiz' },
  {
    title: 'As Adam, an Admin, invite two more, one with a typo. usher notices it.',
    as: 'Adam Berg',
    text: '/usher invite Ben Ito <ben@gmial.com>, cleo@acme.test',
  },
  { title: 'Let 12 hours pass: Cleo is reminded. Let 12 more pass: her link has run out.', as: 'Cleo Novak' },
  {
    title: 'See who has not answered; resend, copy the link or revoke.',
    as: 'Adam Berg',
    text: '/usher pending',
  },
  {
    title: 'Be Mia, a plain member, and try the same: usher says who can do it.',
    as: 'Mia Chen',
    text: '/usher pending',
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

/** A pretend workspace in a page, and a small organization in it; `world.slack.url` is where the page is. */
export async function openSandbox({ databaseUrl, port, env = {} }: SandboxOptions): Promise<World> {
  const opened: { world?: World } = {};
  const page = createPage({ tasks, passTime: async (hours) => opened.world?.passTime(hours) });
  const world = await createWorld({
    env: { ...env, DATABASE_URL: databaseUrl },
    slack: { port, page },
    sweepEveryMs: 500,
    clockEveryMs: 1000,
  });
  opened.world = world;
  try {
    await seed(world);
  } catch (error) {
    await world.stop();
    throw error;
  }
  return world;
}

/** Payments with its Owner, an Admin and a member, made the way people would. */
async function seed(world: World): Promise<void> {
  await world.setUp();
  await world.invite('olivia', 'adam@acme.test as admin');
  await world.join('adam');
  await world.invite('olivia', 'mia@acme.test');
  await world.join('mia');
}
