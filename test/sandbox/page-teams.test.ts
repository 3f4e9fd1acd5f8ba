import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { World } from '../../sandbox/world.ts';
import { binary, launch, open, takePicture, visit } from './page-visit.ts';

/** One for all tests; each opens a page of its own. */
let world: World;
let browser: Browser;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  if (!binary) return;
  world = await open((stop) => closing.unshift(stop));
  browser = await launch((stop) => closing.unshift(stop));
});
afterAll(async () => {
  for (const close of closing) await close();
});

test.skipIf(!binary)('in Teams on the page, Olivia invites Ana, Ana joins, and Olivia is told', async () => {
  // Whoever is in both gets the invitation in one of them, and that is not what this is about.
  world.slack.person('ana').deleted = true;
  const { page, complaints } = await visit(world, browser);
  const { view, person, write } = await openTeams(page);
  const ana = person('Ana Ruiz');
  await ana.getByText('Not invited yet').waitFor();

  await page.getByRole('button', { name: 'Write it for me: step 1', exact: true }).click();
  await expect.poll(() => write.inputValue()).toBe('invite ana@acme.test');
  await page.keyboard.press('Enter');
  await view.getByText('Invite 1 person to Payments?').waitFor();
  await view.getByRole('button', { name: 'Send 1 invitation' }).click();
  await view.getByText('Invited 1 person to Payments.').waitFor();
  await ana.getByText('Invited, no answer yet').waitFor();

  await ana.click();
  await view.getByText('Olivia Okafor invites you to Payments.').waitFor();
  await takePicture(page, 'sandbox-teams.png');
  await view.getByRole('button', { name: 'Join Payments' }).click();
  await view.getByText('Welcome to Payments!').waitFor();
  expect(await view.getByRole('button', { name: 'Join Payments' }).count()).toBe(0);
  await ana.getByText('Member of Payments').waitFor();

  await person('Olivia Okafor').click();
  await view.getByText('Joined: ana@acme.test').waitFor();
  expect(complaints).toEqual([]);
});

test.skipIf(!binary)('a dialog keeps the answers and says what is wrong until it can be sent', async () => {
  const { page, complaints } = await visit(world, browser);
  const { view, write } = await openTeams(page);
  await write.fill('help');
  await page.keyboard.press('Enter');
  await view.getByRole('button', { name: 'Invite people' }).click();
  const dialog = page.getByRole('dialog');
  const addresses = dialog.getByRole('textbox').first();
  const submit = dialog.getByRole('button', { name: 'Review' });

  await submit.click();
  await dialog.getByText('Please fill this in.').waitFor();
  await addresses.fill('this is nobody');
  await submit.click();
  await dialog.getByText('There is no e-mail address in this.').waitFor();
  expect(await addresses.inputValue()).toBe('this is nobody');
  await addresses.fill('ben@acme.test');
  await submit.click();
  await view.getByText('Invite 1 person to Payments?').waitFor();
  await dialog.waitFor({ state: 'hidden' });
  expect(complaints).toEqual([]);
});

test.skipIf(!binary)('in a channel usher has to be mentioned, and answers in the chat with it', async () => {
  const { page, complaints } = await visit(world, browser);
  const { view, write, chat } = await openTeams(page);
  await chat('General').click();
  await write.fill('members');
  await page.keyboard.press('Enter');
  await page.getByText('In a channel usher only hears what begins with @usher.').waitFor();
  await write.fill('@usher members');
  await page.keyboard.press('Enter');
  await view.locator('.mention', { hasText: 'usher' }).waitFor();
  await chat('usher').getByTitle('1 new').waitFor();

  await chat('usher').click();
  await view.getByText('Members of Payments').waitFor();
  expect(complaints).toEqual([]);
});

test.skipIf(!binary)('what people write stays text, in bubbles and in cards', async () => {
  const { page, complaints } = await visit(world, browser);
  const { view, write } = await openTeams(page);
  const hostile = '<img src=x onerror=alert(1)> **bold** [x](https://x.test)';
  await write.fill(`members ${hostile}`);
  await page.keyboard.press('Enter');

  await view.locator('.card').getByText(hostile).waitFor();
  expect(await view.locator('.bubble').last().textContent()).toBe(`members ${hostile}`);
  expect(await view.locator('img:not([src^="/page/"]), a, b:text("bold")').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test.skipIf(!binary)('one stays the same person when the page changes between Slack and Teams', async () => {
  const { page, complaints } = await visit(world, browser);
  const { person, platform } = await openTeams(page);
  await person('Mia Chen').click();
  await platform('Slack').click();
  await page.getByRole('heading', { name: 'usher', level: 1 }).waitFor();
  expect(await person('Mia Chen').getAttribute('aria-pressed')).toBe('true');
  await page.reload();
  await person('Mia Chen').waitFor();
  expect(await person('Mia Chen').getAttribute('aria-pressed')).toBe('true');
  expect(await platform('Slack').getAttribute('aria-pressed')).toBe('true');
  expect(complaints).toEqual([]);
});

/** Changes to Teams, and says where things are there. */
async function openTeams(page: Page) {
  const platform = (name: string) =>
    page.getByRole('navigation', { name: 'Platforms' }).getByRole('button', { name });
  const chats = page.getByRole('navigation', { name: 'Chats, teams and channels' });
  await platform('Teams').click();
  await chats.getByRole('button', { name: 'usher', exact: true }).waitFor();
  return {
    platform,
    view: page.locator('#teams-view'),
    write: page.getByRole('textbox', { name: 'Message' }),
    person: (name: string) => page.getByRole('button', { name, exact: true }),
    chat: (name: string) => chats.getByRole('button', { name, exact: true }),
  };
}
