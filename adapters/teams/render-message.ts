import { formActions } from '../../src/messages/action.ts';
import { barText } from '../../src/messages/bar.ts';
import type { Button, Message, Row } from '../../src/messages/message.ts';
import { bold, type CardElement, cardOf, line, type Outgoing, plain, quiet } from './card.ts';

/** Teams shows at most six actions together. */
const mostActions = 6;

/** It cuts labels off where a row of buttons is wider than the card: so many letters fit, and so many a frame takes. */
const rowLetters = 50;
const frameLetters = 5;

/** The rows of one card; Teams takes 28 KB a message, of which this leaves enough for everything around them. */
const rowsBytes = 18_000;

/** Where a card is: in a room several people see it and press its buttons. */
interface Drawn {
  isRoom: boolean;
}

const inOwnChat: Drawn = { isRoom: false };

/**
 * Draws a message as a card. Everything people wrote goes into text runs, which Teams shows literally.
 */
export function renderMessage(message: Message, where: Drawn = inOwnChat): Outgoing {
  const rows = renderRows(message, where);
  return {
    summary: message.summary,
    card: cardOf([...renderHead(message), ...rows, ...renderFoot(message, where)]),
  };
}

/** Draws a message as one card, or as several where it has more rows than one card holds; the last has the buttons. */
export function renderPages(message: Message): Outgoing[] {
  const pages = splitRows(renderRows(message, inOwnChat));
  return pages.map((rows, place) => {
    const head = place === 0 ? renderHead(message) : [];
    const foot = place === pages.length - 1 ? renderFoot(message, inOwnChat) : [];
    return { summary: message.summary, card: cardOf([...head, ...rows, ...foot]) };
  });
}

function splitRows(rows: readonly CardElement[]): CardElement[][] {
  let page: CardElement[] = [];
  let bytes = 0;
  const pages = [page];
  for (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row));
    if (bytes + size > rowsBytes && page.length > 0) {
      page = [];
      bytes = 0;
      pages.push(page);
    }
    page.push(row);
    bytes += size;
  }
  return pages;
}

function renderHead({ summary, picture, body = [], code, facts = [] }: Message): CardElement[] {
  return [
    picture ? besidePicture(summary, picture) : line([bold(summary)]),
    ...body.map((text) => line([plain(text)])),
    ...(code ? [line([{ ...plain(code), fontType: 'Monospace' }])] : []),
    ...facts.map(({ label, value }) => line([bold(`${label}: `), plain(value)], 'Small')),
  ];
}

function besidePicture(summary: string, { url, alt }: NonNullable<Message['picture']>): CardElement {
  const image = { type: 'Image', url, altText: alt, size: 'Small', style: 'Person' };
  return {
    type: 'ColumnSet',
    columns: [
      { type: 'Column', width: 'auto', items: [image] },
      {
        type: 'Column',
        width: 'stretch',
        verticalContentAlignment: 'Center',
        items: [line([bold(summary)])],
      },
    ],
  };
}

function renderRows({ rows = [] }: Message, where: Drawn): CardElement[] {
  return rows.map((row) => renderRow(row, where));
}

/** A line parts it from the rows, whose last would otherwise seem to own its buttons. */
function renderFoot({ rows = [], footnote, buttons = [] }: Message, where: Drawn): CardElement[] {
  const [first, ...others] = [
    ...(footnote ? [line([quiet(footnote)])] : []),
    ...renderButtons(buttons, where),
  ];
  return first ? [rows.length > 0 ? { ...first, separator: true } : first, ...others] : [];
}

function renderRow({ title, bar, detail, buttons = [] }: Row, where: Drawn): CardElement {
  return {
    type: 'Container',
    separator: true,
    items: [
      line([bold(title)]),
      ...(bar ? [renderBar(bar)] : []),
      ...(detail ? [line([plain(detail)], 'Small')] : []),
      ...renderButtons(buttons, where),
    ],
  };
}

/** Columns as wide as the shares would be as high as a button: Teams keeps room around what they hold. */
function renderBar(bar: NonNullable<Row['bar']>): CardElement {
  const { full, rest } = barText(bar);
  return line(
    [
      ...(full ? [{ ...plain(full), color: 'Accent' }] : []),
      ...(rest ? [{ ...plain(rest), isSubtle: true }] : []),
    ],
    'Small',
  );
}

function renderButtons(buttons: readonly Button[], where: Drawn): CardElement[] {
  return besideEachOther(buttons).map((row) => ({
    type: 'ActionSet',
    actions: row.map((button) => renderButton(button, where)),
  }));
}

/** In rows in which every label can be read. */
function besideEachOther(buttons: readonly Button[]): Button[][] {
  const rows: Button[][] = [];
  let taken = Number.POSITIVE_INFINITY;
  for (const button of buttons) {
    const width = frameLetters + button.label.length;
    const row = rows.at(-1);
    if (row && row.length < mostActions && taken + width <= rowLetters) {
      row.push(button);
      taken += width;
    } else {
      rows.push([button]);
      taken = width;
    }
  }
  return rows;
}

const styles = { primary: 'positive', danger: 'destructive' } as const;

/** The verb of every button on a card that several people see. */
export const verb = 'press';

/** Dialogs open from one kind of button alone; in a room the other kind answers only whoever pressed. */
function renderButton({ label, action, style }: Button, { isRoom }: Drawn): CardElement {
  const opensForm = formActions.some((name) => name === action.do);
  const common = { title: label, ...(style ? { style: styles[style] } : {}) };
  if (opensForm) return { type: 'Action.Submit', ...common, data: opening({ action }) };
  if (isRoom) return { type: 'Action.Execute', ...common, verb, data: { action } };
  return { type: 'Action.Submit', ...common, data: { action } };
}

/** What a dialog is opened by: words that were typed, or a button. */
export type Opener = { words: string } | { action: Button['action'] };

/** The data of a button that opens a dialog. */
export function opening(open: Opener) {
  return { msteams: { type: 'task/fetch' }, open };
}
