import type { MemberId } from '../../db/id.ts';
import { type EmailAddress, parseEmailAddress } from './email-address.ts';

/** Whom somebody means, as they typed it: `text` is for showing. */
export type PersonTerm =
  | { kind: 'member'; id: MemberId; text: string }
  | { kind: 'address'; email: EmailAddress; text: string }
  /** `email` is what the platform says of them, when it does. */
  | { kind: 'mention'; user: string; email?: EmailAddress; text: string }
  | { kind: 'name'; text: string };

/**
 * Reads people as they are typed: mentions, addresses (also `Ana Ruiz <ana@acme.test>`) and names, between them commas,
 * semicolons or line breaks. Spaces part mentions and addresses too, but not the words of a name.
 */
export function splitPeople(text: string): PersonTerm[] {
  const terms = (text.match(/(?:<@[^<>]*>|[^,;\n])+/g) ?? []).flatMap((part) => {
    const trimmed = part.trim();
    const words = (trimmed.match(/<@[^<>]*>|\S+/g) ?? []).map(readTerm);
    if (words.every((term) => term.kind !== 'name')) return words;
    return [readTerm(trimmed)];
  });
  const byKey = new Map<string, PersonTerm>();
  for (const term of terms) if (!byKey.has(keyOf(term))) byKey.set(keyOf(term), term);
  return [...byKey.values()];
}

/** The same with the names that mentions show, written as asked: only a platform knows whom a mention means otherwise. */
export function mentionsAsNames(text: string, write: (name: string) => string): string {
  return text.replace(/<@[^<>|]*(?:\|([^<>]*))?>/g, (_, name: string | undefined) =>
    write(name || 'somebody'),
  );
}

function keyOf(term: PersonTerm): string {
  if (term.kind === 'address') return term.email;
  return term.kind === 'mention' ? `@${term.user}` : term.text.toLowerCase();
}

function readTerm(text: string): PersonTerm {
  const mention = /^<@([UW][A-Z0-9]{1,30}|2[89]:[\w-]{1,200})(?:\|([^>]*))?>$/.exec(text);
  if (mention?.[1]) return { kind: 'mention', user: mention[1], text: `@${mention[2] || mention[1]}` };
  const email = parseEmailAddress(/<([^<>]+)>$/.exec(text)?.[1] ?? text);
  if (email) return { kind: 'address', email, text: email };
  return { kind: 'name', text: text.replace(/^@(?=\S)/, '') };
}
