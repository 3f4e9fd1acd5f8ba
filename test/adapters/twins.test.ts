import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** What the file of a name is there for: the functions it gives to others. */
async function exported(platform: 'slack' | 'teams', file: string): Promise<string[]> {
  return Object.keys(await import(`../../adapters/${platform}/${file}`));
}

async function filesOf(platform: 'slack' | 'teams'): Promise<string[]> {
  const files = await readdir(new URL(`../../adapters/${platform}`, import.meta.url));
  return files.filter((name) => name.endsWith('.ts'));
}

test('every file of the Slack adapter has a twin of the same name in the Teams adapter', async () => {
  expect(await filesOf('teams')).toEqual(expect.arrayContaining(await filesOf('slack')));
});

test.each([
  'answer.ts',
  'directory.ts',
  'gate.ts',
  'identity.ts',
  'messenger.ts',
  'read-form.ts',
  'read-words.ts',
  'render-form.ts',
  'render-message.ts',
])('%s does the same job on both platforms, by the same name', async (file) => {
  const [slack, teams] = [await exported('slack', file), await exported('teams', file)];
  const main = file.replace(/\.ts$/, '').replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  const job = [main, `create${main[0]?.toUpperCase()}${main.slice(1)}`, 'createAnswerer'];
  const found = slack.filter((name) => job.includes(name));
  expect(found).toHaveLength(1);
  expect(teams).toEqual(expect.arrayContaining(found));
});

test('at most five files of the Teams adapter know the SDK', async () => {
  const files = await filesOf('teams');
  const texts = await Promise.all(
    files.map((name) => readFile(new URL(`../../adapters/teams/${name}`, import.meta.url), 'utf8')),
  );
  const importers = texts.filter((text) => /from '(botbuilder|botframework-)/.test(text));
  expect(importers.length).toBeGreaterThan(0);
  expect(importers.length).toBeLessThanOrEqual(5);
});
