import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';

const production = {
  NODE_ENV: 'production',
  USHER_SECRET: 's'.repeat(32),
  DATABASE_URL: 'postgres://usher:pw@db.example/usher',
  BASE_URL: 'https://usher.example',
  SLACK_SIGNING_SECRET: 'signing',
  SLACK_BOT_TOKEN: 'xoxb-token',
};

function problemsOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return '';
}

test('without any setting usher is for trying out: this machine only, and no chat', () => {
  expect(readConfig({})).toMatchObject({
    production: false,
    port: 3000,
    host: '127.0.0.1',
    baseUrl: 'http://localhost:3000',
    databaseUrl: undefined,
    redisUrl: undefined,
    founders: [],
    slack: undefined,
  });
});

test('a production with everything it needs is taken', () => {
  expect(readConfig({ ...production, USHER_FOUNDERS: 'Ana@Acme.test, ben@acme.test,' })).toMatchObject({
    production: true,
    host: '0.0.0.0',
    baseUrl: 'https://usher.example',
    founders: ['ana@acme.test', 'ben@acme.test'],
    slack: { signingSecret: 'signing', botToken: 'xoxb-token', apiUrl: 'https://slack.com/api/' },
  });
});

test.each([
  ['USHER_SECRET', { ...production, USHER_SECRET: '' }],
  ['DATABASE_URL', { ...production, DATABASE_URL: '' }],
  ['BASE_URL', { ...production, BASE_URL: '' }],
  ['BASE_URL', { ...production, BASE_URL: 'http://usher.example' }],
  ['SLACK_API_URL', { ...production, SLACK_API_URL: 'http://slack.example/api/' }],
  ['SLACK_SIGNING_SECRET', { ...production, SLACK_SIGNING_SECRET: '' }],
  ['SLACK_BOT_TOKEN', { ...production, SLACK_BOT_TOKEN: '' }],
])('a production without a good %s is refused by that name alone', (name, env) => {
  const problems = problemsOf(env);
  expect(problems.split('\n')).toHaveLength(2);
  expect(problems).toContain(`  ${name}`);
});

test.each([
  ['SLACK_BOT_TOKEN', { SLACK_SIGNING_SECRET: 'signing' }],
  ['SLACK_SIGNING_SECRET', { SLACK_BOT_TOKEN: 'xoxb-token' }],
])('half of Slack is refused: %s is missing', (name, env) => {
  expect(problemsOf(env)).toMatch(new RegExp(`  ${name}\\W+is missing: Slack needs both`));
});

const everythingWrong = {
  NODE_ENV: 'production',
  PORT: 'value-port',
  BASE_URL: 'value-base-url',
  LOG_LEVEL: 'value-log-level',
  DATABASE_URL: 'mysql://value-database',
  REDIS_URL: 'http://value-redis',
  USHER_SECRET: 'value-secret',
  USHER_SECRET_PREVIOUS: 'value-previous',
  USHER_FOUNDERS: 'ana@acme.test, value-founder',
  SLACK_BOT_TOKEN: 'value-token',
  SLACK_API_URL: 'http://value-api',
};

test('one error lists every problem by name, and never a value', () => {
  const problems = problemsOf(everythingWrong);
  const { NODE_ENV: _, ...wrong } = everythingWrong;
  for (const name of [...Object.keys(wrong), 'SLACK_SIGNING_SECRET']) expect(problems).toContain(`  ${name}`);
  expect(problems).not.toContain('value-');
  expect(problems).not.toContain('ana@acme.test');
});

test('no error ever shows what a setting holds', () => {
  const value = fc.string({ minLength: 1, maxLength: 40 }).map((text) => `§${text}§`);
  const names = [...Object.keys(everythingWrong), 'HOST', 'USHER_DATA', 'SLACK_SIGNING_SECRET'];
  const env = fc.dictionary(fc.constantFrom(...names), value);
  fc.assert(fc.property(env, (given) => !problemsOf(given).includes('§')));
});

test('every problem is a line of its own, named once', () => {
  const lines = problemsOf(everythingWrong).split('\n').slice(1);
  expect(lines.every((line) => /^ {2}[A-Z_.\d]+\W/.test(line))).toBe(true);
  expect(new Set(lines).size).toBe(lines.length);
});
