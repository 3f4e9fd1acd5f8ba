import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Manifest {
  display_information: { name: string; description: string; long_description: string };
  features: {
    app_home: Record<string, boolean>;
    bot_user: { display_name: string };
    slash_commands: { command: string; usage_hint: string; url: string; should_escape: boolean }[];
  };
  oauth_config: { scopes: { bot: string[]; user?: string[] } };
  settings: {
    event_subscriptions: { request_url: string; bot_events: string[] };
    interactivity: { is_enabled: boolean; request_url: string };
    org_deploy_enabled: boolean;
    socket_mode_enabled: boolean;
    token_rotation_enabled: boolean;
  };
}

const root = new URL('../../../', import.meta.url);
const manifest = parse(readFileSync(new URL('manifest.yml', root), 'utf8')) as Manifest;
const folder = new URL('adapters/slack/', root);
const code = readdirSync(folder)
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n');

/** What Slack asks for each method usher calls. */
const scopesOf: Record<string, string[]> = {
  'auth.test': [],
  // Posting to a person opens the direct message.
  'chat.postMessage': ['chat:write', 'im:write'],
  'chat.update': ['chat:write'],
  'conversations.open': ['im:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'users.info': ['users:read', 'users:read.email'],
  'users.list': ['users:read', 'users:read.email'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
};

function found(pattern: RegExp): string[] {
  return [...new Set([...code.matchAll(pattern)].map(([, name]) => name ?? ''))].sort();
}

test('it asks for exactly the scopes that the code needs', () => {
  const called = found(/\bclient\.(\w+(?:\.\w+)+)\(/g);
  expect(called).toEqual(Object.keys(scopesOf).sort());
  expect(found(/\b(apiCall|paginate|filesUploadV2)\(/g)).toEqual([]);
  const needed = new Set(['commands', ...called.flatMap((method) => scopesOf[method] ?? [])]);
  expect(manifest.oauth_config.scopes.bot).toEqual([...needed].sort());
  expect(manifest.oauth_config.scopes.user).toBeUndefined();
});

test('it subscribes to exactly the events that the code listens to', () => {
  const heard = found(/\bapp\.event\(\s*'([\w.]+)'/g);
  expect(heard.length).toBe([...code.matchAll(/\bapp\.(event|message)\(/g)].length);
  expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual(heard);
});

test('there is one command, and mentions in it tell who is meant', () => {
  expect(manifest.features.slash_commands).toHaveLength(1);
  expect(manifest.features.slash_commands[0]).toMatchObject({ command: '/usher', should_escape: true });
  expect(manifest.features.slash_commands[0]?.usage_hint).toMatch(/invite.*pending.*members.*who.*help/);
});

test('everything arrives at the one address that the gate watches', () => {
  const { event_subscriptions, interactivity } = manifest.settings;
  const urls = [
    ...manifest.features.slash_commands.map(({ url }) => url),
    event_subscriptions.request_url,
    interactivity.request_url,
  ];
  expect(new Set(urls)).toEqual(new Set(['https://YOUR-HOST/slack/events']));
  expect(code).toContain("'/slack/events', ...createGate");
});

test('buttons work, the home and messages tabs are there, and what usher does not support is off', () => {
  const { settings, features } = manifest;
  expect(settings.interactivity.is_enabled).toBe(true);
  expect(features.app_home).toEqual({
    home_tab_enabled: true,
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: false,
  });
  const { socket_mode_enabled, token_rotation_enabled, org_deploy_enabled } = settings;
  expect([socket_mode_enabled, token_rotation_enabled, org_deploy_enabled]).toEqual([false, false, false]);
});

test('its texts are as long as Slack allows', () => {
  const { name, description, long_description } = manifest.display_information;
  expect([name, manifest.features.bot_user.display_name]).toEqual(['usher', 'usher']);
  expect(description.length).toBeLessThanOrEqual(140);
  expect(long_description.length).toBeGreaterThanOrEqual(174);
  expect(long_description.length).toBeLessThanOrEqual(4000);
});
