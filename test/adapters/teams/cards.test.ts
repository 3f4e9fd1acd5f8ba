import { expect, test } from 'vitest';
import { renderForm } from '../../../adapters/teams/render-form.ts';
import { renderMessage } from '../../../adapters/teams/render-message.ts';
import type { Form } from '../../../src/commands/form.ts';
import type { Button } from '../../../src/messages/message.ts';

const button = (label: string): Button => ({ label, action: { do: 'help' } });

/** The labels that stand beside each other, row by row. */
function rowsOf(buttons: Button[]): string[][] {
  const { card } = renderMessage({ summary: 'A card', buttons });
  return card.body.flatMap(({ actions }) =>
    Array.isArray(actions) ? [actions.map(({ title }) => title as string)] : [],
  );
}

test('buttons stand beside each other as far as every label can be read on a narrow card', () => {
  const labels = ['Change role…', 'Make Owner…', 'Make Account Admin…', 'Licences…', 'Add to a project…'];
  const rows = rowsOf([...labels, 'x'.repeat(75), 'Remove…'].map(button));
  expect(rows.flat()).toEqual([...labels, 'x'.repeat(75), 'Remove…']);
  for (const row of rows) expect(row.length === 1 || row.join('').length <= 50).toBe(true);
  expect(rows.length).toBeLessThan(rows.flat().length);
  expect(Math.max(...rowsOf(Array.from('abcdefgh', button)).map((row) => row.length))).toBe(6);
});

test('a line parts what is said of a whole list from its last row', () => {
  const row = { title: 'Ana Ruiz', buttons: [button('Card')] };
  const footOf = (rows: (typeof row)[]) =>
    renderMessage({ summary: 'Members', rows, buttons: [button('Filter…')] }).card.body.at(-1);
  expect(footOf([row])).toMatchObject({ type: 'ActionSet', separator: true });
  expect(footOf([])).not.toHaveProperty('separator');
});

test('only what somebody has to fill in bears a star', () => {
  const options = [{ value: 'a', label: 'A' }];
  const fields: Form['fields'] = {
    needed: { kind: 'text', label: 'Name', maxLength: 9 },
    optional: { kind: 'text', label: 'Line', maxLength: 9, optional: true },
    open: { kind: 'choice', label: 'Which', options },
    made: { kind: 'choice', label: 'Role', options, initial: 'a' },
  };
  const form: Form = { name: 'invite', title: 'Invite', submit: 'Review', fields };
  const { body } = renderForm(form, { open: { words: 'invite' } });
  expect(body.filter(({ isRequired }) => isRequired).map(({ id }) => id)).toEqual(['needed', 'open']);
});
