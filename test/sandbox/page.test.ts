import { expect, test } from 'vitest';
import { binary, launch, open, takePicture, visit } from './page-visit.ts';

test.skipIf(!binary)('on the page, Olivia invites Ana, Ana joins, and Olivia is told', async () => {
  const world = await open();
  const { page, complaints } = await visit(world, await launch());
  const view = page.locator('#view');
  const person = (name: string) => page.getByRole('button', { name, exact: true });
  const ana = person('Ana Ruiz');
  const olivia = person('Olivia Okafor');
  await ana.getByText('Not invited yet').waitFor();

  await page.getByRole('button', { name: 'Write it for me: step 1', exact: true }).click();
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
  await takePicture(page, 'sandbox.png');
  await view.getByRole('button', { name: 'Join Payments' }).click();
  await view.getByText('Welcome to Payments!').waitFor();
  expect(await view.getByRole('button', { name: 'Join Payments' }).count()).toBe(0);
  await ana.getByText('Member of Payments').waitFor();

  await olivia.getByTitle('1 new message').waitFor();
  await olivia.click();
  await view.getByText('Joined: ana@acme.test').waitFor();
  expect(complaints).toEqual([]);
});
