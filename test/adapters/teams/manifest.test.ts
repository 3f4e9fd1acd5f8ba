import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppManifestUtils, type TeamsManifestV1D19 } from '@microsoft/app-manifest';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { packageApp, packageName } from '../../../adapters/teams/package-app.ts';
import { commands } from '../../../src/commands/index.ts';
import { readPng } from './png.ts';

type Manifest = TeamsManifestV1D19.TeamsManifestV1D19;

const folder = new URL('../../../adapters/teams/', import.meta.url);
const manifest: Manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'));
const appId = '11111111-2222-3333-4444-555555555555';
const settings = { TEAMS_APP_ID: appId, BASE_URL: 'https://usher.example' };
const scopes = ['personal', 'team', 'groupChat'];

let place = '';

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'usher-package-'));
  // Whoever validates without a network has to get the same answer.
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no network')));
});

afterEach(() => {
  vi.unstubAllGlobals();
  rmSync(place, { recursive: true });
});

function icon(name: string): Buffer {
  return readFileSync(new URL(name, folder));
}

function manifestIn(zip: Uint8Array): Manifest {
  return JSON.parse(Buffer.from(unzipSync(zip)['manifest.json'] ?? []).toString());
}

/** `npm run teams:package` with exactly these settings. */
function runProgram(env: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env;
  const program = fileURLToPath(new URL('package-app.ts', folder));
  return spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), program], {
    cwd: place,
    env: { PATH, HOME, ...env },
    encoding: 'utf8',
  });
}

test('Teams takes the manifest, as it is and as it is packaged', async () => {
  expect(await AppManifestUtils.validateAgainstSchema(manifest)).toEqual([]);
  expect(await AppManifestUtils.validateAgainstSchema(manifestIn(await packageApp(settings)))).toEqual([]);
  expect(manifest.$schema).toContain(`/v${manifest.manifestVersion}/`);
});

test('what Teams would refuse is found without a network', async () => {
  const broken = { ...manifest, id: 'usher', accentColor: 'green' };
  const problems = await AppManifestUtils.validateAgainstSchema(broken);
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['/id', '/accentColor']);
});

test('in every place usher suggests the commands there are, in the words and the order of help', () => {
  // Teams shows ten at most; the first ones are those people need most.
  const suggested = commands.slice(0, 10).map(({ word, does }) => ({ title: word, description: does }));
  const [bot] = manifest.bots ?? [];
  expect(bot?.scopes).toEqual(scopes);
  expect(bot?.commandLists).toEqual(scopes.map((scope) => ({ scopes: [scope], commands: suggested })));
});

test('it asks for nothing but to know people and to write to them', () => {
  expect(manifest.bots).toHaveLength(1);
  expect(manifest.bots?.[0]).toMatchObject({ isNotificationOnly: false, supportsFiles: true });
  expect(manifest.permissions).toEqual(['identity', 'messageTeamMembers']);
  // usher's pages open in the browser, never inside Teams.
  expect(manifest.validDomains).toEqual([]);
  const others = ['authorization', 'webApplicationInfo', 'staticTabs', 'composeExtensions', 'connectors'];
  expect(others.filter((part) => part in manifest)).toEqual([]);
});

test('the colour icon fills its square with the accent colour, so that Teams can cut it to any shape', () => {
  const { width, height, pixels } = readPng(icon(manifest.icons.color));
  expect([width, height]).toEqual([192, 192]);
  expect(pixels.filter(([, , , opacity]) => opacity !== 255)).toEqual([]);
  // What Teams cuts off reaches 36 pixels in from the edge at most.
  const edge = pixels.filter((_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return Math.min(x, y, width - 1 - x, height - 1 - y) < 36;
  });
  const colours = new Set(edge.map((pixel) => `#${Buffer.from(pixel.slice(0, 3)).toString('hex')}`));
  expect([...colours]).toEqual([manifest.accentColor]);
});

test('the outline icon is white on nothing', () => {
  const { width, height, pixels } = readPng(icon(manifest.icons.outline));
  expect([width, height]).toEqual([32, 32]);
  const inked = pixels.filter(([, , , opacity]) => opacity !== 0);
  expect(inked.filter(([red, green, blue]) => red !== 255 || green !== 255 || blue !== 255)).toEqual([]);
  expect(inked.length).toBeGreaterThan(100);
  expect(inked.length).toBeLessThan(pixels.length / 2);
});

test('the program writes a package with the id and the address filled in, and says what to do next', () => {
  const { status, stdout, stderr } = runProgram(settings);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Now upload usher-teams\.zip at https:\/\/admin\.teams\.microsoft\.com.*\.\n$/);
  const zip = readFileSync(join(place, packageName));
  const files = unzipSync(zip);
  expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png']);
  expect(Buffer.from(files['color.png'] ?? [])).toEqual(icon('color.png'));
  expect(Buffer.from(files['outline.png'] ?? [])).toEqual(icon('outline.png'));
  const { id, bots, developer } = manifestIn(zip);
  expect([id, bots?.[0]?.botId]).toEqual([appId, appId]);
  expect(developer.websiteUrl).toBe('https://usher.example');
  expect(JSON.stringify(manifestIn(zip))).not.toMatch(/YOUR-HOST|0{8}-/);
});

test('the same settings give the same bytes, also after a slash at the end of the address', async () => {
  const once = Buffer.from(await packageApp({ ...settings, BASE_URL: 'https://usher.example/chat' }));
  const again = Buffer.from(await packageApp({ ...settings, BASE_URL: 'https://usher.example/chat/' }));
  expect(again.equals(once)).toBe(true);
  expect(manifestIn(once).developer.privacyUrl).toBe('https://usher.example/chat');
});

test('settings that are missing are named, all at once, and nothing is written', () => {
  const { status, stdout, stderr } = runProgram({ TEAMS_APP_ID: '' });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr.trimEnd().split('\n')).toEqual([
    'usher cannot make its Teams app with these settings:',
    expect.stringMatching(/^ {2}TEAMS_APP_ID: is missing/),
    expect.stringMatching(/^ {2}BASE_URL: is missing/),
  ]);
  expect(existsSync(join(place, packageName))).toBe(false);
});

test.each([
  ['TEAMS_APP_ID', { ...settings, TEAMS_APP_ID: 'my bot' }],
  ['BASE_URL', { ...settings, BASE_URL: 'http://usher.example' }],
  ['BASE_URL', { ...settings, BASE_URL: 'usher.example' }],
])('a %s that Teams cannot use is refused, and not repeated', async (name, env: Record<string, string>) => {
  const problem = await packageApp(env).catch((error: Error) => error.message);
  expect(problem).toContain(`\n  ${name}: must`);
  expect(problem).not.toContain(env[name]);
});
