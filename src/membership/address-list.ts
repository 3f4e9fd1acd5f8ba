import { type EmailAddress, parseEmailAddress } from './email-address.ts';

/**
 * One thing somebody listed. `text` is what they typed, for showing only: at most 80 characters, those that cannot be
 * seen replaced by �. `user` is what the text claims; who it is and whether they may be meant, the platform has to say.
 */
export type AddressEntry =
  | { kind: 'address'; email: EmailAddress; name?: string; text: string }
  | { kind: 'mention'; user: string; text: string; why?: Unaddressed }
  | { kind: 'invalid'; text: string };

/** Why somebody who was mentioned has no address to be invited by. */
export type Unaddressed = 'bot' | 'guest' | 'elsewhere' | 'gone' | 'hidden';

/** Somebody who was mentioned, as their platform vouches for them. */
export type Mentioned = { email: EmailAddress } | { why: Unaddressed };

/**
 * Reads a list as people type or paste it, and as Slack rewrites it: addresses, `Ana Ruiz <ana@acme.test>`, mailto:
 * links, mentions; between them commas, semicolons, spaces, line breaks. Everything comes back in its order, the same
 * thing once. Words are a name only in front of an address in angle brackets, on its line and without a comma between
 * them, unless quoted. Any other word (`Ana` in `Ana ana@acme.test`) was perhaps meant as an address, so it is invalid
 * and shown; nothing is passed over. Never throws, and takes time in proportion to the length of the text.
 */
export function splitAddresses(text: string): AddressEntry[] {
  const entries = new Map<string, AddressEntry>();
  for (const entry of readEntries(asTyped(text))) {
    const key = `${entry.kind} ${identityOf(entry)}`;
    if (!entries.has(key)) entries.set(key, entry);
  }
  return [...entries.values()];
}

function identityOf(entry: AddressEntry): string {
  switch (entry.kind) {
    case 'address':
      return entry.email;
    case 'mention':
      return entry.user;
    case 'invalid':
      return entry.text;
  }
}

const slackEscapes: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

// Slack escapes three characters and makes links of what looks like one, also of a part of a word: `ñ@acme.test` can
// arrive as `ñ@<http://acme.test|acme.test>`. A link whose label is its target goes back to what was typed.
const automaticLink = /<(?:https?:\/\/|mailto:)([^<>|\s]{1,320})\/?\|\1>/g;

function asTyped(text: string): string {
  return text
    .replace(/&(?:lt|gt|amp);/g, (entity) => slackEscapes[entity] ?? entity)
    .replace(automaticLink, '$1');
}

// U+FEFF counts as white space in \s, but it cannot be seen, so it is never skipped here.
const separator = /[,;]|[^\S\uFEFF]/;
const listBreak = /[,;\r\n\v\f\u2028\u2029]/;
const nextItem = /[^\s,;]|\uFEFF/g;
const nextWordEnd = /[,;<]|[^\S\uFEFF]/g;
const nextQuoteEnd = /["\r\n\v\f\u2028\u2029]/g;
const nextBracketEnd = /[<>\r\n\v\f\u2028\u2029]/g;
const nextNotOpening = /[^<]/g;
const nextNotClosing = /[^>]/g;

/** Where the pattern, one character, next matches, or the end. Looping in code: a loop in the pattern may run out of stack. */
function seek(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

function* readEntries(text: string): Generator<AddressEntry> {
  let words: string[] = [];
  let end = 0;
  for (;;) {
    const start = seek(nextItem, text, end);
    if (start === text.length || listBreak.test(text.slice(end, start))) {
      yield* words.map(invalid);
      words = [];
    }
    if (start === text.length) return;
    const bracket = readBracket(text, start);
    end = bracket?.end ?? endOfWord(text, start);
    if (bracket) {
      yield* readBracketed(bracket.inside, words);
      words = [];
      continue;
    }
    const word = text.slice(start, end);
    const quoted = insideQuotes(word);
    if (!word.includes('@')) {
      if (/\S/.test(quoted ?? word)) words.push(quoted ?? word);
      continue;
    }
    yield* words.map(invalid);
    words = [];
    if (quoted === undefined) yield readWord(word);
    else yield* readEntries(quoted);
  }
}

/** What stands in the angle brackets that open here; undefined when they do not close, or hold a list. */
function readBracket(text: string, start: number): { inside: string; end: number } | undefined {
  const from = seek(nextNotOpening, text, start);
  if (from === start) return undefined;
  const to = seek(nextBracketEnd, text, from);
  if (text.charAt(to) !== '>') return undefined;
  const inside = text.slice(from, to);
  const isOneThing = /^(?:[@#!]|https?:|mailto:)/.test(inside) || !separator.test(inside);
  if (!isOneThing && parseEmailAddress(inside) === undefined) return undefined;
  return { inside, end: seek(nextNotClosing, text, to) };
}

/** The end of the word that starts here; quotes at its start may hold separators, brackets that did not close are letters. */
function endOfWord(text: string, start: number): number {
  if (text.charAt(start) !== '"') return seek(nextWordEnd, text, seek(nextNotOpening, text, start));
  const quote = seek(nextQuoteEnd, text, start + 1);
  return seek(nextWordEnd, text, text.charAt(quote) === '"' ? quote + 1 : start);
}

function insideQuotes(word: string): string | undefined {
  const isQuoted = word.startsWith('"') && word.length > 1 && word.indexOf('"', 1) === word.length - 1;
  return isQuoted ? word.slice(1, -1) : undefined;
}

function readWord(word: string): AddressEntry {
  const isQuoted = word.length > 1 && word.startsWith("'") && word.endsWith("'");
  const email = parseEmailAddress(withoutMailto(isQuoted ? word.slice(1, -1) : word));
  return email === undefined ? invalid(word) : { kind: 'address', email, text: shown(word) };
}

function readBracketed(inside: string, words: string[]): AddressEntry[] {
  const pipe = inside.indexOf('|');
  const target = pipe < 0 ? inside : inside.slice(0, pipe);
  const label = pipe < 0 ? '' : inside.slice(pipe + 1);
  const user = /^@([UW][A-Z0-9]{1,30}|2[89]:[\w-]{1,200})$/.exec(target)?.[1];
  if (user !== undefined) {
    return [...words.map(invalid), { kind: 'mention', user, text: shown(`@${label || user}`) }];
  }
  if (/^https?:/.test(target) || (pipe >= 0 && /^[@#!]/.test(target))) {
    return [...words.map(invalid), invalid(label || inside)];
  }
  if (!target.startsWith('mailto:')) return [readNamed(inside, words)];
  const address = withoutMailto(target);
  if (!label.includes('@')) return [readNamed(address, words.length > 0 ? words : [label])];
  // A link that shows one address and leads to another is refused: people review what they can see.
  const isHonest = parseEmailAddress(label) === parseEmailAddress(address);
  return [isHonest ? readNamed(address, words) : invalid([...words, `<${inside}>`].join(' '))];
}

function readNamed(address: string, words: string[]): AddressEntry {
  const email = parseEmailAddress(address);
  if (email === undefined) return invalid([...words, `<${address}>`].join(' '));
  const name = shownName(words.join(' '));
  return { kind: 'address', email, ...(name === '' ? {} : { name }), text: shown(address) };
}

/** The address in a mailto: link, its percent escapes read and its `?subject=…` left out; any other text as it is. */
function withoutMailto(text: string): string {
  if (!/^mailto:/i.test(text)) return text;
  const query = text.indexOf('?', text.indexOf('@'));
  return text
    .slice('mailto:'.length, query < 0 ? text.length : query)
    .replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function invalid(text: string): AddressEntry {
  return { kind: 'invalid', text: shown(text) };
}

const longestShown = 80;

function shown(text: string): string {
  if (text.length <= longestShown && /^[!-~]*$/.test(text)) return text;
  return shorten(text).replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
    '\uFFFD',
  );
}

/** A name keeps the joiners that Persian and Indian scripts write with, and loses what could turn the line around. */
function shownName(text: string): string {
  return shorten(text)
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}"\\]/gu, '')
    .trim();
}

function shorten(text: string): string {
  const isLong = text.length > longestShown;
  const start = isLong ? text.slice(0, longestShown - 1).replace(/[\uD800-\uDBFF]$/, '') : text;
  return `${start.replace(/[^\S\uFEFF]+/g, ' ').replace(/^ | $/g, '')}${isLong ? '…' : ''}`;
}
