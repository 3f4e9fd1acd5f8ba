import { distance } from 'fastest-levenshtein';
import { type StoredRole, storedRoles } from '../../db/schema.ts';
import { findOrganization } from '../membership/organizations/find-organization.ts';
import { splitPeople } from '../membership/people-list.ts';
import { may } from '../membership/policy.ts';
import { Refusal } from '../membership/refusal.ts';
import { misunderstoodMessage } from '../messages/welcome.ts';
import type { Command, CommandContext, Reply } from './command.ts';
import { within } from './in-organization.ts';
import { openCreation, openMove, openRename, rename } from './org-forms.ts';
import { organizations } from './organizations.ts';
import { reach } from './people.ts';

/** `/usher org`: the organizations of the account; create and rename them, move people between them. */
export const org: Command = {
  word: 'org',
  does: 'See the organizations; create and rename them, move people between them',
  example: '/usher org move ana@acme.com to Risk',
  organization: 'none',
  offeredTo: (standing) => may(standing, 'manage-organizations', standing.homeId),
  async run(context, words) {
    if (words === '') return organizations(context);
    const [, typed = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(words) ?? [];
    const verb = verbs.find(({ word }) => word === typed.toLowerCase());
    if (verb) return verb.run(context, rest);
    const near = ({ word }: { word: string }) => distance(word, typed.toLowerCase().slice(0, 40));
    const [nearest] = verbs.toSorted((a, b) => near(a) - near(b));
    const meant = nearest && { ...nearest, word: `org ${nearest.word}` };
    return { message: misunderstoodMessage(`org ${typed}`, meant) };
  },
};

interface Verb {
  word: string;
  does: string;
  example: string;
  run(context: CommandContext, words: string): Promise<Reply>;
}

const verbs: readonly Verb[] = [
  {
    word: 'create',
    does: 'It makes an organization',
    example: '/usher org create Risk owned by ben@acme.com',
    run: create,
  },
  {
    word: 'rename',
    does: 'It gives an organization another name',
    example: '/usher org rename Risk to Risk and Fraud',
    run: renameByWords,
  },
  {
    word: 'move',
    does: 'It moves people to another organization',
    example: org.example,
    run: move,
  },
];

async function create(context: CommandContext, words: string): Promise<Reply> {
  const match = /^(.*?)\s+owned\s+by\s+(\S.*)$/is.exec(words);
  if (!match) return openCreation(context, unquoted(words));
  const purpose = { for: 'create-organization', name: unquoted(match[1] ?? '') } as const;
  return reach(context, purpose, splitPeople(match[2] ?? ''));
}

/** "Risk to Risk and Fraud" names two; a name that is no organization's is the new one of the own. */
async function renameByWords(context: CommandContext, words: string): Promise<Reply> {
  if (words === '') return openRename(context);
  const parts = splitsAt(words, 'to');
  const found = await findOrganization(
    context,
    parts.map(({ before }) => unquoted(before)),
  );
  if (!('id' in found)) return rename(context, unquoted(words));
  return rename(within(context, found.id), unquoted(parts[found.place]?.after ?? ''));
}

async function move(context: CommandContext, words: string): Promise<Reply> {
  const { text, role } = splitRole(words);
  const parts = splitsAt(text, 'to');
  const [last] = parts.toReversed();
  if (!last) return openMove(context, text);
  const names = parts.map(({ after }) => unquoted(after));
  const found = await findOrganization(context, names);
  if (!('id' in found)) {
    throw new Refusal('organization-not-found', { text: unquoted(last.after), ...found });
  }
  const people = splitPeople(parts[found.place]?.before ?? '');
  return reach(context, { for: 'move', organizationId: found.id, role }, people);
}

/** Takes "as admin" off the end of the words. */
function splitRole(words: string): { text: string; role: StoredRole } {
  const match = /^(.*?)\s+as\s+(?:an?\s+)?(user|admin|billing[\s-]?manager)\s*$/is.exec(words);
  if (!match) return { text: words.trim(), role: 'user' };
  const name = (match[2] ?? 'user').toLowerCase().replace(/^billing.*$/, 'billing-manager');
  return { text: match[1] ?? '', role: storedRoles.find((role) => role === name) ?? 'user' };
}

/** Every way to part the words at this one. */
function splitsAt(words: string, word: string): { before: string; after: string }[] {
  return [...` ${words}`.matchAll(new RegExp(`\\s${word}\\s+`, 'gi'))].map(({ index, 0: { length } }) => ({
    before: ` ${words}`.slice(0, index).trim(),
    after: ` ${words}`.slice(index + length).trim(),
  }));
}

function unquoted(text: string): string {
  return /^["“](.+)["”]$/s.exec(text.trim())?.[1] ?? text.trim();
}
