import { parseArgs } from 'node:util';
import type { Platform, Seen } from './chat.ts';
import { startEmptyDatabase } from './database.ts';
import { openSandbox } from './open.ts';
import { startAgainTrusting } from './start-again.ts';
import { playStory } from './story/story.ts';
import { findCertificate } from './teams/certificate.ts';
import { createWorld, type World } from './world.ts';

/** Opens the pretend workspace and tenant in a page, until it is stopped. */
async function showPage(port: number): Promise<void> {
  const database = await startEmptyDatabase('sandbox');
  const world = await openSandbox({ databaseUrl: database.url, port }).catch(async (error) => {
    await database.stop();
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is taken. Choose another: npm run sandbox -- --port ${port + 1}`);
  });
  console.log(`usher's sandbox is open: http://localhost:${port}\nPress Ctrl+C to close it.`);
  let closing: Promise<void> | undefined;
  const close = async () => {
    await world.stop();
    await database.stop();
    process.exit(0);
  };
  // One Ctrl+C can arrive twice: from the terminal, and from the process that started this one.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (closing ??= close()));
}

/** Plays the story on the terminal. */
async function tellStory(platform: Platform): Promise<void> {
  const database = await startEmptyDatabase('story');
  let world: World<Seen> | undefined;
  try {
    world = await createWorld<Platform>({
      in: platform,
      env: { DATABASE_URL: database.url },
      sweepEveryMs: 250,
      clockEveryMs: 250,
    });
    await playStory(world, (line) => console.log(line));
  } finally {
    await world?.stop();
    await database.stop();
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`--port takes a number from 1 to 65535, not "${text}".`);
}

function readPlatform(text: string): Platform {
  if (text === 'slack' || text === 'teams') return text;
  throw new Error(`--in takes slack or teams, not "${text}".`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      story: { type: 'boolean', default: false },
      in: { type: 'string', default: 'slack' },
      port: { type: 'string', default: '3000' },
    },
  });
  const port = readPort(values.port);
  const platform = readPlatform(values.in);
  if (!findCertificate()) process.exitCode = await startAgainTrusting();
  else if (values.story) await tellStory(platform);
  else await showPage(port);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
