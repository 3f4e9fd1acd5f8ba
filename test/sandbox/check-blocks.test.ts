import { describe, expect, test } from 'vitest';
import { checkMessage, checkView } from '../../sandbox/slack/check-blocks.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (text: string) => ({ text: plain(text), value: text });
const options = [option('a'), option('b')];
const confirm = { title: plain('Sure?'), text: plain('Really?'), confirm: plain('Yes'), deny: plain('No') };
const button = { type: 'button', action_id: 'b', text: plain('Go'), value: 'v', style: 'danger', confirm };
const select = { type: 'static_select', action_id: 's', placeholder: plain('Choose'), options };
const input = (element: object) => ({ type: 'input', label: plain('Label'), hint: plain('Hint'), element });
const rich = {
  type: 'rich_text',
  elements: [
    {
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: 'Ana', style: { bold: true } },
        { type: 'user', user_id: 'U1' },
        { type: 'link', url: 'https://acme.test', text: 'site' },
        { type: 'date', timestamp: 1, format: '{date}', fallback: 'then' },
      ],
    },
    { type: 'rich_text_list', style: 'bullet', elements: [{ type: 'rich_text_section', elements: [] }] },
  ],
};
const everything = [
  { type: 'header', text: plain('Members') },
  { type: 'section', text: { type: 'mrkdwn', text: '*hi*' }, accessory: button },
  { type: 'section', fields: [plain('a'), { type: 'mrkdwn', text: 'b' }], accessory: { ...select, options } },
  {
    type: 'context',
    elements: [plain('x'), { type: 'image', image_url: 'https://x.test/i.png', alt_text: 'i' }],
  },
  { type: 'divider' },
  { type: 'actions', elements: [button, select, { type: 'overflow', action_id: 'o', options, confirm }] },
  input({ type: 'plain_text_input', multiline: true, max_length: 3000, initial_value: '' }),
  input({ type: 'email_text_input', placeholder: plain('a@b.test') }),
  input({
    type: 'static_select',
    option_groups: [{ label: plain('g'), options }],
    initial_option: option('b'),
  }),
  input({ type: 'radio_buttons', options, initial_option: option('a') }),
  input({ type: 'checkboxes', options, initial_options: [option('a')] }),
  input({ type: 'file_input', filetypes: ['csv'], max_files: 1 }),
  input({ type: 'multi_users_select', max_selected_items: 3, initial_users: ['U1'] }),
  rich,
];
const table = (...rows: object[][]) => ({ type: 'table', rows, column_settings: [{ is_wrapped: true }] });
const cell = (text: string) => ({ type: 'raw_text', text });
const modal = (blocks: unknown[], more: object = { submit: plain('Send') }) => ({
  type: 'modal',
  title: plain('Title'),
  blocks,
  ...more,
});
const where = (refused: ReturnType<typeof checkView>) =>
  refused?.response_metadata.messages.join('\n') ?? 'taken';

test('everything usher draws is taken', () => {
  const blocks = [...everything, table([cell('Name'), { type: 'raw_number', value: 1, text: '1' }], [rich])];
  expect(checkMessage({ text: 'x', blocks })).toBeUndefined();
  expect(checkView(modal(everything))).toBeUndefined();
  expect(checkView({ type: 'home', blocks: everything })).toBeUndefined();
});

describe('a block Slack would not draw is named by its place', () => {
  const long = (length: number) => 'x'.repeat(length);
  const cases: [string, object, string][] = [
    ['a long header', { type: 'header', text: plain(long(151)) }, '/blocks/0/text/text'],
    ['mrkdwn in a header', { type: 'header', text: { type: 'mrkdwn', text: 'x' } }, '/blocks/0/text/type'],
    ['a long section', { type: 'section', text: plain(long(3001)) }, '/blocks/0/text/text'],
    ['an empty section', { type: 'section' }, '/blocks/0'],
    ['eleven fields', { type: 'section', fields: Array(11).fill(plain('x')) }, '/blocks/0/fields'],
    ['a long field', { type: 'section', fields: [plain(long(2001))] }, '/blocks/0/fields/0/text'],
    [
      'eleven context elements',
      { type: 'context', elements: Array(11).fill(plain('x')) },
      '/blocks/0/elements',
    ],
    ['no action', { type: 'actions', elements: [] }, '/blocks/0/elements'],
    [
      'a long label',
      { type: 'actions', elements: [{ ...button, text: plain(long(76)) }] },
      '/elements/0/text/text',
    ],
    ['a long value', { type: 'actions', elements: [{ ...button, value: long(2001) }] }, '/elements/0/value'],
    [
      'a long id',
      { type: 'actions', elements: [{ ...button, action_id: long(256) }] },
      '/elements/0/action_id',
    ],
    ['an odd style', { type: 'actions', elements: [{ ...button, style: 'green' }] }, '/elements/0/style'],
    ['a script link', { type: 'actions', elements: [{ ...button, url: 'javascript:0' }] }, '/elements/0/url'],
    [
      'six overflow options',
      { type: 'actions', elements: [{ type: 'overflow', options: Array(6).fill(option('x')) }] },
      '/options',
    ],
    [
      '101 options',
      { type: 'actions', elements: [{ ...select, options: Array(101).fill(option('x')) }] },
      '/options',
    ],
    [
      'a long option',
      { type: 'actions', elements: [{ ...select, options: [option(long(76))] }] },
      '/options/0/text/text',
    ],
    ['an initial option not offered', input({ ...select, initial_option: option('c') }), '/blocks/0/element'],
    [
      'options twice',
      input({ ...select, option_groups: [{ label: plain('g'), options }] }),
      '/blocks/0/element',
    ],
    ['a button as a field', input(button), '/blocks/0/element/type'],
    ['an unknown block', { type: 'marquee' }, '/blocks/0/type'],
    ['an empty rich text', { type: 'rich_text', elements: [] }, '/blocks/0/elements'],
    ['21 columns', table(Array(21).fill(cell('x'))), '/blocks/0/rows/0'],
    ['101 rows', table(...Array(101).fill([cell('x')])), '/blocks/0/rows'],
    ['a table of more than 10,000 characters', table([cell(long(5001)), cell(long(5000))]), '/blocks/0/rows'],
  ];
  test.each(cases)('%s', (_, block, place) => {
    expect(where(checkMessage({ blocks: [block] }))).toContain(`${place}]`);
  });
});

test('the same action id is fine in two rows and refused in one', () => {
  const row = { type: 'section', text: plain('x'), accessory: button };
  expect(checkMessage({ blocks: [row, row] })).toBeUndefined();
  expect(where(checkMessage({ blocks: [{ type: 'actions', elements: [button, button] }] }))).toContain(
    'already exists',
  );
});

test('a view is held to its own limits', () => {
  const title = plain('x'.repeat(25));
  expect(where(checkView(modal([], { title })))).toContain('[json-pointer:/view/title/text]');
  expect(where(checkView(modal([], { submit: title })))).toContain('/view/submit/text');
  expect(where(checkView(modal([], { private_metadata: 'x'.repeat(3001) })))).toContain(
    '/view/private_metadata',
  );
  expect(where(checkView(modal([input(select)], {})))).toContain('must define `submit`');
  expect(where(checkView(modal(Array(101).fill({ type: 'divider' }))))).toContain(
    'must be less than 101 items',
  );
  expect(where(checkView(modal([table([cell('x')])])))).toContain('/view/blocks/0/type');
  expect(where(checkView({ type: 'home', title: plain('x'), blocks: [] }))).toContain(
    'unsupported field: title',
  );
  expect(checkView('nonsense')).toMatchObject({ ok: false, error: 'invalid_arguments' });
});
