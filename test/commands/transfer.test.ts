import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkView } from '../../sandbox/slack/check-blocks.ts';
import { textOf } from '../world.ts';
import { opens } from './forms.ts';
import { createPeopledWorld, type PeopledWorld } from './peopled-world.ts';

let world: PeopledWorld;
beforeAll(async () => {
  world = await createPeopledWorld();
});
afterAll(() => world?.stop());

const open = (words: string) =>
  opens(world, 'olivia', 'Hand over ownership', () => world.slack.command('olivia', words));

test('without a name the form offers the members, Admins first, and never the Owner', async () => {
  const { type, title, submit, close, blocks, callback_id, private_metadata } = await open('transfer');
  expect(checkView({ type, title, submit, close, blocks, callback_id, private_metadata })).toBeUndefined();
  const offered = [...JSON.stringify(blocks).matchAll(/"text":"([^"]+@acme\.test\))"/g)].map(
    ([, text]) => text,
  );
  expect(offered[0]).toBe('Adam Berg (adam@acme.test)');
  expect(offered).toHaveLength(5);
  expect(offered.join()).not.toContain('Olivia');
  await world.slack.closeModal('olivia');
});

test('an address that is none is refused beside its field, and that of another changes nothing', async () => {
  const { slack, told, standings } = world;
  const before = await standings();
  await open('transfer adam');
  await slack.submit('olivia', { email: 'adam' });
  expect(slack.screen('olivia').modal?.errors).toHaveProperty('email');
  await told('olivia', 'That is not the e-mail address of Adam Berg.', () =>
    slack.submit('olivia', { email: 'ana@acme.test' }),
  );
  expect(await standings()).toEqual(before);
});

test.each([
  ['adam', 'transfer ana@acme.test', 'does not let you hand over the ownership'],
  ['mia', 'transfer', 'does not let you hand over the ownership'],
  ['olivia', 'transfer olivia', 'You are the Owner of Payments'],
  ['olivia', 'transfer adam, mia', 'This takes one person at a time.'],
  ['olivia', 'transfer nobody', 'Nobody in Payments was found'],
])('%s who types "%s" is told why not', async (who, words, text) => {
  await world.asks(who, words, text);
  expect(world.slack.screen(who).modal).toBeUndefined();
});

test('with the address typed the ownership goes over, and the old Owner is Admin', async () => {
  const { slack, told, standings, asks } = world;
  await open('transfer adam');
  const done = await told('olivia', 'Adam Berg is the Owner of Payments now.', () =>
    slack.submit('olivia', { email: ' Adam@ACME.test ' }),
  );
  expect(textOf(done)).toContain('You are Admin.');
  expect(await standings()).toMatchObject({ adam: 'owner', olivia: 'admin', mia: 'user' });
  await asks('olivia', 'transfer mia', 'Adam Berg can do it.');
  expect(textOf(await asks('adam', 'help', 'You are Owner of Payments.'))).toContain('/usher transfer');
});
