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
    throw error;
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

const { values } = parseArgs({
  options: { story: { type: 'boolean', default: false }, port: { type: 'string', default: '3000' } },
});

try {
  await (values.story ? tellStory() : showPage(Number(values.port)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
