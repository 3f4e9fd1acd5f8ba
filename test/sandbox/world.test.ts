import { expect, onTestFinished, test } from 'vitest';
import { playStory } from '../../sandbox/story/story.ts';
import { brisk, createWorld } from '../world.ts';

test.each(['slack', 'teams'] as const)('the story plays in %s', async (platform) => {
  const world = await createWorld({ ...brisk, in: platform });
  onTestFinished(world.stop);
  const lines: string[] = [];
  await playStory(world, (line) => lines.push(line)).catch((error) => {
    throw new Error(`${error}\n${lines.join('\n')}`);
  });
  expect(lines.at(-1)).toBe('All of them hold.');
});

test('a world has the platforms it was asked for, and says so of the others', async () => {
  const world = await createWorld({ teams: true });
  onTestFinished(world.stop);
  expect(world.chat.platform).toBe('slack');
  expect(world.on('teams').chat.nameOf('ana')).toBe('Ana Ruiz');
  const alone = await createWorld({ in: 'teams' });
  onTestFinished(alone.stop);
  expect(() => alone.slack.command('ana', '')).toThrow('There is no Slack in this world');
});
