import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { openSandbox } from '../../sandbox/open.ts';
import type { World } from '../../sandbox/world.ts';
import { createTestDatabase } from '../database.ts';

const binaries = [
  process.env.CHROMIUM_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const binary = binaries.find((path) => path !== '' && existsSync(path));
if (!binary) {
  console.warn('NOT TESTED: the sandbox page. Install Chromium, or say in CHROMIUM_PATH where it is.');
}

test.skipIf(!binary)('on the page, Olivia invites Ana, Ana joins, and Olivia is told', async () => {
  const world = await open();
  const { page, complaints } = await visit(world);
  const view = page.locator('#view');
  const person = (name: string) => page.getByRole('button', { name, exact: true });
  const ana = person('Ana Ruiz');
  const olivia = person('Olivia Okafor');
  await ana.getByText('Not invited yet').waitFor();

  await page.getByRole('button', { name: 'Write it for me: step 1' }).click();
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Message' }).inputValue())
    .toBe('/usher invite ana@acme.test');
  await page.keyboard.press('Enter');
  await view.getByText('Invite 1 person to Payments?').waitFor();
  await view.getByRole('button', { name: 'Send 1 invitation' }).click();
  await view.getByText('Invited 1 person to Payments.').waitFor();
  await ana.getByTitle('1 new message').waitFor();
  await ana.getByText('Invited, no answer yet').waitFor();

  await ana.click();
  await view.getByText('Olivia Okafor invites you to Payments.').waitFor();
  expect(await ana.getByTitle('1 new message').count()).toBe(0);
  await takePicture(page);
  await view.getByRole('button', { name: 'Join Payments' }).click();
  await view.getByText('Welcome to Payments!').waitFor();
  expect(await view.getByRole('button', { name: 'Join Payments' }).count()).toBe(0);
  await ana.getByText('Member of Payments').waitFor();

  await olivia.getByTitle('1 new message').waitFor();
  await olivia.click();
  await view.getByText('Joined: ana@acme.test').waitFor();
  expect(complaints).toEqual([]);
});

/** The sandbox as `npm run sandbox` opens it, on a free port and a database of the test. */
async function open(): Promise<World> {
  const database = await createTestDatabase();
  onTestFinished(database.drop);
  const world = await openSandbox({
    databaseUrl: database.url,
    port: 0,
    env: { USHER_SECRET: 'x'.repeat(32) },
  });
  onTestFinished(world.stop);
  return world;
}

/** Opens the page in a browser without a past; everything the browser complains about, its content policy too, is kept. */
async function visit(world: World): Promise<{ page: Page; complaints: string[] }> {
  const browser: Browser = await chromium.launch({
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
  onTestFinished(() => browser.close());
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    timezoneId: world.slack.person('ana').timeZone,
  });
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(world.slack.url);
  return { page, complaints };
}

/** The picture in the README, when it is asked for. */
async function takePicture(page: Page): Promise<void> {
  if (process.env.UPDATE_SCREENSHOT !== '1') return;
  await page.locator('.notice').waitFor({ state: 'detached' });
  await page.mouse.move(640, 250);
  await page.screenshot({ path: fileURLToPath(new URL('../../docs/sandbox.png', import.meta.url)) });
}
