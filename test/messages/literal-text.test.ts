import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderBlocks, renderMessage } from '../../adapters/slack/render-message.ts';
import { renderPages } from '../../adapters/teams/render-message.ts';
import { renderPage } from '../../adapters/web/render-message.ts';
import { newId } from '../../db/id.ts';
import { checkMessage, checkView } from '../../sandbox/slack/check-blocks.ts';
import { loadCardClient } from '../../sandbox/teams/card-client.ts';
import { checkCard } from '../../sandbox/teams/check-card.ts';
import { cleanLine } from '../../src/membership/clean-text.ts';
import { action } from '../../src/messages/action.ts';
import { memberList } from '../../src/messages/members.ts';
import type { Message } from '../../src/messages/message.ts';
import { pendingList } from '../../src/messages/pending.ts';
import { refusalMessage } from '../../src/messages/refusals.ts';
import { reviewMessage } from '../../src/messages/review.ts';
import { misunderstoodMessage } from '../../src/messages/welcome.ts';
import { everyFilter } from './every-filter.ts';
import { everyMessage, modules } from './every-message.ts';
import { everyRefusal } from './every-refusal.ts';

const hostile = [
  '<!channel>',
  '<!everyone|hi>',
  '<@U012345>',
  '<#C012345|general>',
  '<https://evil.test|your bank>',
  '*bold* _italic_ ~gone~ `code` ```block```',
  '> quoted\n> twice',
  '&lt;!here&gt; &amp; &',
  ':smile: :pray::skin-tone-2:',
  '\u202egnp.exe\u202c',
  'a\u0000b\u0007c',
  'two\nlines\r\nand more',
  'n'.repeat(300),
  '👩‍👩‍👧‍👦'.repeat(40),
  '@channel @here @olivia',
  'https://evil.test/join?x=1',
  '<script>alert(1)</script>"\'',
  '{"do":"join"}',
  '\ud800 half a pair',
  'ا'.repeat(120),
];

function everything(text: string): [name: string, message: Message][] {
  return [
    ...everyMessage(text),
    ...everyRefusal(text).map((refusal): [string, Message] => [refusal.code, refusalMessage(refusal)]),
  ];
}

/** What in a drawn message acts: anything but literal text, and the buttons. */
function acting(part: unknown): unknown[] {
  if (Array.isArray(part)) return part.flatMap(acting);
  if (typeof part !== 'object' || part === null) return [];
  const { type, emoji, url, verbatim } = part as Record<string, unknown>;
  const isText = type === 'text' || (type === 'plain_text' && emoji === false);
  const isFrame =
    /^(rich_text|rich_text_section|rich_text_preformatted|section|image|actions|context|divider|button)$/.test(
      String(type),
    ) || type === undefined;
  const acts = (!isText && !isFrame) || url !== undefined || verbatim !== undefined;
  return [...(acts ? [part] : []), ...Object.values(part).flatMap(acting)];
}

function buttonsOf(part: unknown): { value: string }[] {
  if (Array.isArray(part)) return part.flatMap(buttonsOf);
  if (typeof part !== 'object' || part === null) return [];
  const own = 'type' in part && part.type === 'button' ? [part as unknown as { value: string }] : [];
  return [...own, ...Object.values(part).flatMap(buttonsOf)];
}

const client = await loadCardClient();
const literalParts = [
  'ColumnSet',
  'Column',
  'RichTextBlock',
  'TextRun',
  'Image',
  'Container',
  'ActionSet',
  'AdaptiveCard',
  'Action.Submit',
];

/** The types of everything a card is made of; the data of a button is not drawn. */
function typesIn(part: unknown): unknown[] {
  if (Array.isArray(part)) return part.flatMap(typesIn);
  if (typeof part !== 'object' || part === null) return [];
  const { data: _, ...drawn } = part as Record<string, unknown>;
  const own = 'type' in drawn ? [drawn.type] : [];
  return [...own, ...Object.values(drawn).flatMap(typesIn)];
}

type Problem = [message: string, what: unknown];

function problemsOfCards(name: string, message: Message): Problem[] {
  return renderPages(message).flatMap(({ card }) =>
    [...checkCard(card, client), ...typesIn(card).filter((type) => !literalParts.includes(String(type)))].map(
      (what): Problem => [name, what],
    ),
  );
}

/** What of a drawn message is not literal text, or is nothing the platforms take; an assertion for each of millions takes too long. */
function problemsOf([name, message]: [name: string, message: Message]): Problem[] {
  const drawn = renderMessage(message);
  const badButtons = buttonsOf(drawn.blocks).filter(
    ({ value }) => !action.safeParse(JSON.parse(value)).success,
  );
  const found = [
    checkMessage(drawn),
    checkView({ type: 'home', blocks: renderBlocks(message) }),
    ...acting(drawn.blocks),
    /[<>]|&(?!amp;|lt;|gt;)/.test(drawn.text) && `its text is ${drawn.text}`,
    drawn.text.length > 4_000 && `its text has ${drawn.text.length} characters`,
    ...badButtons,
  ];
  return [...problemsOfCards(name, message), ...found.filter(Boolean).map((what): Problem => [name, what])];
}

test.each(hostile)('%j is shown as it is, in whatever usher says', (text) => {
  expect(everything(text).flatMap(problemsOf)).toEqual([]);
});

test.each(hostile)('%j is shown as it is on a page', (text) => {
  for (const [, message] of everything(text)) {
    const page = renderPage(message);
    const tags = [...page.matchAll(/<\/?(\w+|!doctype)[^>]*>/g)].map(([, tag]) => tag);
    const known = ['!doctype', 'html', 'meta', 'title', 'h1', 'p', 'dl', 'dt', 'dd'];
    expect(tags.filter((tag) => !known.includes(tag ?? ''))).toEqual([]);
    expect(page.match(/</g)).toHaveLength(tags.length);
  }
});

const words = fc.oneof(
  fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' }),
  fc.string({ minLength: 1, maxLength: 300, unit: 'binary' }),
  fc.string({ minLength: 1, maxLength: 120, unit: fc.constantFrom(...'<>&@!#|*_~`:\n\u202e\u0000aU1') }),
);

/** Names are stored with something to see in them; what people type is not. */
const visible = words.filter((text) => cleanLine(text, 300) !== '');

test('any text at all is shown as it is', () => {
  fc.assert(
    fc.property(visible, (text) => {
      expect(everything(text).flatMap(problemsOf)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('nothing that people type, not even what nobody can see, breaks the answer to it', () => {
  const invisible = fc.string({
    maxLength: 50,
    unit: fc.constantFrom('\u0000', '\u200b', '\u202e', ' ', '\n'),
  });
  fc.assert(
    fc.property(fc.oneof(invisible, words), (text) => {
      const nobody = { organization: 'Payments', rows: [], words: { text, filters: everyFilter(text) } };
      const lines = [{ verdict: 'not-an-address' as const, text }];
      const review = {
        draftId: newId('dra'),
        organization: 'Payments',
        role: 'user' as const,
        lines,
        ...{ seats: [], groups: [] },
        ask: [],
      };
      const answers: [string, Message][] = [
        ['misunderstood', misunderstoodMessage(text, undefined)],
        ['pending', pendingList(nobody, { search: text })],
        ['members', memberList(nobody, { search: text })],
        ['review', reviewMessage({ ...review, personalLine: text })],
      ];
      expect(answers.flatMap(problemsOf)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('what people wrote reaches the reader unchanged', () => {
  const text = '*Ana* <@U1> & `Co` :smile:';
  for (const [name, message] of everyMessage(text)) {
    const shown = JSON.stringify(renderBlocks(message));
    if (JSON.stringify(message).includes(JSON.stringify(text).slice(1, -1))) {
      expect(shown, name).toContain(JSON.stringify(text).slice(1, -1));
    }
  }
});

test('every builder there is was drawn here', () => {
  const notMessages = [
    ...['pendingOption', 'refusalMessage', 'askForNewOne', 'toTransfer', 'auditColumns', 'auditCells'],
  ];
  const builders = Object.values(modules).flatMap(Object.keys);
  const drawn = new Set(everyMessage('x').map(([name]) => name));
  expect(builders.filter((name) => !drawn.has(name) && !notMessages.includes(name))).toEqual([]);
});
