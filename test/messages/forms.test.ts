import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderForm } from '../../adapters/slack/render-form.ts';
import { renderFormOffer, renderForm as renderTeamsForm } from '../../adapters/teams/render-form.ts';
import { newId } from '../../db/id.ts';
import { checkView } from '../../sandbox/slack/check-blocks.ts';
import type { Modal } from '../../sandbox/slack/types.ts';
import { loadCardClient } from '../../sandbox/teams/card-client.ts';
import { checkCard, isTooBig } from '../../sandbox/teams/check-card.ts';
import type { Field, Form } from '../../src/commands/form.ts';
import { everythingSaid } from '../adapters/slack/state.ts';
import { opens } from '../commands/forms.ts';
import { createWorld, type TestWorld } from '../world.ts';

const words = (most: number) =>
  fc
    .oneof(
      fc.string({ minLength: 1, maxLength: most, unit: 'grapheme' }),
      fc.string({ minLength: 1, maxLength: most, unit: fc.constantFrom(...'<!>&*_`:@\n\u202e') }),
    )
    .map((text) => text.slice(0, most).toWellFormed());

const option = fc.record({ value: fc.uuid(), label: words(75) });
const options = fc.uniqueArray(option, { minLength: 1, maxLength: 100, selector: ({ value }) => value });
const day = fc
  .date({ min: new Date(0), max: new Date('2999-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));
const field: fc.Arbitrary<Field> = fc.oneof(
  fc.record(
    {
      ...{
        kind: fc.constant('text' as const),
        label: words(2000),
        hint: words(2000),
        placeholder: words(150),
      },
      ...{ multiline: fc.constant(true as const), optional: fc.constant(true as const) },
      ...{ maxLength: fc.integer({ min: 1, max: 3000 }), initial: words(300) },
    },
    { requiredKeys: ['kind', 'label', 'maxLength'] },
  ),
  options.map(
    (choices): Field => ({
      ...{ kind: 'choice', label: 'One', options: choices, initial: choices[0]?.value ?? '' },
    }),
  ),
  options.map((choices): Field => ({ kind: 'choices', label: 'Several', options: choices })),
  fc.record(
    {
      kind: fc.constant('date' as const),
      label: words(100),
      optional: fc.constant(true as const),
      initial: day,
    },
    { requiredKeys: ['kind', 'label'] },
  ),
  options.map(
    (choices): Field => ({
      ...{ kind: 'choices', label: 'Several or none', options: choices, optional: true },
      initial: choices.slice(0, 2).map(({ value }) => value),
    }),
  ),
);

const form: fc.Arbitrary<Form> = fc.record({
  ...{ name: fc.constant('invite' as const), title: words(24), submit: words(24), intro: words(2999) },
  fields: fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z]{0,20}$/), field, { minKeys: 1, maxKeys: 5 }),
});

test('any form within the limits is drawn as Teams takes it, also with the answers and problems of a first try', async () => {
  const client = await loadCardClient();
  fc.assert(
    fc.property(form, words(300), (drawn, text) => {
      const each = Object.keys(drawn.fields).map((name) => [name, text]);
      const [answers, problems] = [Object.fromEntries(each), Object.fromEntries(each)];
      const open = { words: text };
      for (const filled of [{ open }, { open, answers, problems }]) {
        const card = renderTeamsForm(drawn, filled);
        expect(checkCard(card, client)).toEqual([]);
        expect(JSON.stringify(card)).not.toMatch(/"type":"(TextBlock|FactSet)"/);
      }
      expect(checkCard(renderFormOffer(drawn, open).card, client)).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test('any form within the limits is drawn as Slack takes it, and every text in it is literal', () => {
  fc.assert(
    fc.property(form, (drawn) => {
      const view = renderForm(drawn, { responseUrl: 'https://hooks.slack.example/response/1' });
      expect(checkView(view)).toBeUndefined();
      expect(JSON.stringify(view)).not.toContain('"mrkdwn"');
      expect(JSON.stringify(view)).not.toMatch(/"emoji":true/);
    }),
    { numRuns: 50 },
  );
});

test('a hundred of the longest choices, all of them chosen, fit into a dialog of Teams', () => {
  const options = Array.from({ length: 100 }, () => ({ value: newId('inv'), label: 'ä'.repeat(75) }));
  const fields: Form['fields'] = { invitations: { kind: 'choices', label: 'Which', options } };
  const several: Form = { name: 'revoke-several', title: 'Revoke', submit: 'Continue', fields };
  const answers = { invitations: options.map(({ value }) => value) };
  const open = { action: { do: 'pending.revoke-several', search: 's'.repeat(200) } } as const;
  expect(isTooBig(renderTeamsForm(several, { open, answers }))).toBe(false);
});

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld();
  await world.setUp();
});
afterAll(() => world?.stop());

/** A form as Slack showed it, checked as if usher sent it again. */
function sentAgain({ type, title, submit, close, blocks, callback_id, private_metadata }: Modal) {
  return checkView({ type, title, submit, close, blocks, callback_id, private_metadata });
}

test('every form there is fits, with a hundred of the longest addresses to choose from', async () => {
  const { slack, told, invite } = world;
  const invited = await opens(world, 'olivia', 'Invite people', () => slack.command('olivia', 'invite'));
  expect(sentAgain(invited)).toBeUndefined();
  await slack.closeModal('olivia');

  const long = `${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.example`;
  const addresses = Array.from({ length: 101 }, (_, at) => `${String(at).padStart(60, 'a')}@${long}`);
  await invite('olivia', addresses.join(' '));
  await everythingSaid(world.db);
  const list = await told('olivia', 'Pending', () => slack.command('olivia', 'pending'));
  const form = await opens(world, 'olivia', 'Revoke invitations', () =>
    slack.press('olivia', list, 'Revoke several…'),
  );
  expect(sentAgain(form)).toBeUndefined();
  expect(JSON.stringify(form.blocks).match(/"value":"inv_/g)).toHaveLength(100);
});
