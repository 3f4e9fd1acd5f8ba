import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { openSandbox } from '../../sandbox/open.ts';
import type { World } from '../../sandbox/world.ts';
import { createTestDatabase } from '../database.ts';

const binaries = [
  process.env.CHROMIUM_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
/** Where the browser is; undefined where none is installed, which is said. */
export const binary = binaries.find((path) => path !== '' && existsSync(path));
if (!binary) {
  console.warn('NOT TESTED: the sandbox page. Install Chromium, or say in CHROMIUM_PATH where it is.');
}

type WhenDone = (stop: () => Promise<void>) => void;

/** The sandbox as `npm run sandbox` opens it, on a free port and a database of its own, until whoever asked is done. */
export async function open(whenDone: WhenDone = onTestFinished): Promise<World> {
  const database = await createTestDatabase();
  whenDone(database.drop);
  const world = await openSandbox({
    databaseUrl: database.url,
    port: 0,
    env: { USHER_SECRET: 'x'.repeat(32) },
  });
  whenDone(world.stop);
  return world;
}

/** A browser without a window. */
export async function launch(whenDone: WhenDone = onTestFinished): Promise<Browser> {
  const browser = await chromium.launch({
    ...(binary ? { executablePath: binary } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  whenDone(() => browser.close());
  return browser;
}

/** Opens the page as somebody without a past; everything the browser complains about, its content policy too, is kept. */
export async function visit(world: World, browser: Browser): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    timezoneId: world.slack.person('ana').timeZone,
  });
  onTestFinished(() => page.close());
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(world.slack.url);
  return { page, complaints };
}

/** A picture for the README, under docs/, when it is asked for. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.UPDATE_SCREENSHOT !== '1') return;
  await page.locator('.notice').waitFor({ state: 'detached' });
  await page.mouse.move(640, 250);
  await page.screenshot({ path: fileURLToPath(new URL(`../../docs/${name}`, import.meta.url)) });
}
