import { expect, test } from 'vitest';
import { startProcess } from './process.ts';

test.concurrent.each([
  ['no chat', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, [], 'npm run sandbox'],
  [
    'half of Slack',
    { SLACK_BOT_TOKEN: 'xoxb-1' },
    [],
    'Slack needs both SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET',
  ],
  ['a part that does not exist', {}, ['everything'], 'There is no part "everything". Say web, worker'],
])('with %s it ends at once and says what to do', async (_, env, parts, words) => {
  const usher = startProcess(env as Record<string, string>, ...parts);
  expect(await usher.exited).toBe(1);
  expect(usher.output()).toContain(words);
  expect(usher.output()).not.toContain('    at ');
});
