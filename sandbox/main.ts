import { parseArgs } from 'node:util';
import { startEmptyDatabase } from './database.ts';
import { openSandbox } from './open.ts';
import { playStory } from './story.ts';
import { createWorld, type World } from './world.ts';

/** Opens the pretend workspace in a page, until it is stopped. */
async function showPage(port: number): Promise<void> {
  const database = await startEmptyDatabase('sandbox');
  const world = await openSandbox({ databaseUrl: database.url, port }).catch(async (error) => {
    await database.stop();
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is taken. Choose another: npm run sandbox -- --port ${port + 1}`);
  });
  console.log(`usher's sandbox is open: http://localhost:${port}\nPress Ctrl+C to close it.`);
  const close = async () => {
    await world.stop();
    await database.stop();
    process.exit(0);
  };
  process.once('SIGINT', close);
  process.once('SIGTERM', close);
}

/** Plays the story on the terminal. */
async function tellStory(): Promise<void> {
  const database = await startEmptyDatabase('story');
  let world: World | undefined;
  try {
    world = await createWorld({
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

try {
  const { values } = parseArgs({
    options: { story: { type: 'boolean', default: false }, port: { type: 'string', default: '3000' } },
  });
  await (values.story ? tellStory() : showPage(readPort(values.port)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
