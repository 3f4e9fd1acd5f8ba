import type { types } from '@slack/bolt';
import { barText } from '../../src/messages/bar.ts';
import type { Button, Message, Row } from '../../src/messages/message.ts';

type Block = types.KnownBlock;
type Text = types.RichTextText;

/** A message as Slack draws it: blocks, and the text for notifications. */
export interface SlackMessage {
  text: string;
  blocks: Block[];
}

/**
 * Draws a message. Everything people wrote goes into rich text or plain text, which Slack shows literally: it cannot
 * become formatting, a link or a mention.
 */
export function renderMessage(message: Message): SlackMessage {
  return { text: escapeText(message.summary), blocks: renderBlocks(message) };
}

/** The blocks alone: a message, or the app's home. */
export function renderBlocks(message: Message): Block[] {
  const numbered = numberer();
  return [
    ...renderHead(message),
    ...(message.code ? [preformatted(message.code)] : []),
    ...(message.facts?.length ? [lines(message.facts.map(renderFact))] : []),
    ...renderRows(message.rows ?? [], numbered),
    ...(message.footnote ? [footnote(message.footnote)] : []),
    ...renderButtons(message.buttons ?? [], numbered),
  ];
}

/** A picture stands beside a section, whose text is plain; without one the first sentence is bold. */
function renderHead({ summary, picture, body = [] }: Message): Block[] {
  const texts = body.map((line) => [plain(line)]);
  if (!picture) return [lines([[bold(summary)], ...texts])];
  return [
    {
      type: 'section',
      text: { type: 'plain_text', text: summary, emoji: false },
      accessory: { type: 'image', image_url: picture.url, alt_text: picture.alt },
    },
    ...(texts.length > 0 ? [lines(texts)] : []),
  ];
}

/** Slack parses these three in the notification text, and nothing else. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function renderFact({ label, value }: { label: string; value: string }): Text[] {
  return [bold(`${label}: `), plain(value)];
}

/** Rows without buttons share one block, so that long lists stay within what one message holds. */
function renderRows(rows: readonly Row[], numbered: Numberer): Block[] {
  const blocks: Block[] = [];
  let quiet: Text[][] = [];
  for (const row of rows) {
    const line = [
      bold(row.title),
      ...(row.bar ? [plain(`\n${renderBar(row.bar)}`)] : []),
      ...(row.detail ? [plain(`\n${row.detail}`)] : []),
    ];
    if (!row.buttons?.length) {
      quiet.push(line);
      continue;
    }
    if (quiet.length > 0) blocks.push(lines(quiet));
    quiet = [];
    blocks.push(lines([line]), ...renderButtons(row.buttons, numbered));
  }
  return quiet.length > 0 ? [...blocks, lines(quiet)] : blocks;
}

function renderBar(bar: NonNullable<Row['bar']>): string {
  const { full, rest } = barText(bar);
  return full + rest;
}

/** Slack wants every action id on a surface to be different. */
type Numberer = () => number;

function numberer(): Numberer {
  let number = 0;
  return () => {
    number += 1;
    return number;
  };
}

function renderButtons(buttons: readonly Button[], numbered: Numberer): Block[] {
  if (buttons.length === 0) return [];
  const elements = buttons.map((button) => ({
    type: 'button' as const,
    action_id: `${button.action.do}:${numbered()}`,
    text: { type: 'plain_text' as const, text: button.label, emoji: false },
    value: JSON.stringify(button.action),
    ...(button.style ? { style: button.style } : {}),
  }));
  return [{ type: 'actions', elements }];
}

function footnote(text: string): Block {
  return { type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] };
}

/** One section for all lines: Slack's clients differ in how far they keep two sections apart. */
function lines(texts: Text[][]): Block {
  const elements = texts.flatMap((line, place) => (place === 0 ? line : [plain('\n'), ...line]));
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function preformatted(text: string): Block {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [plain(text)] }],
  };
}

function bold(text: string): Text {
  return { type: 'text', text, style: { bold: true } };
}

function plain(text: string): Text {
  return { type: 'text', text };
}
