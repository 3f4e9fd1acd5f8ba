import type { OrganizationId } from '../../db/id.ts';
import { findOrganization } from '../membership/organizations/find-organization.ts';
import { listChoices } from '../membership/organizations/list-choices.ts';
import type { Right } from '../membership/policy.ts';
import { Refusal } from '../membership/refusal.ts';
import { unknownOrganization } from '../messages/organizations.ts';
import { oneLine } from '../messages/words.ts';
import type { Command, CommandContext, Reply } from './command.ts';
import type { Field } from './form.ts';

/** A place in the words where an organization may be named, and the words without it. */
interface Candidate {
  name: string;
  rest: string;
  /** Nothing is said after it. */
  isLast: boolean;
}

/** The most places that are looked at; a list of thousands of people may have any number of them. */
const mostCandidates = 20;

/**
 * Runs a command in the organization that its words name at their end: "members ruiz in Payments". A name that is not
 * one of the account stays part of the words, and the answer says so. Naming gives no rights: operations decide.
 */
export async function runInOrganization(
  context: CommandContext,
  command: Command,
  words: string,
  answer: (run: () => Promise<Reply>) => Promise<Reply>,
): Promise<Reply> {
  const candidates = command.organization === 'none' ? [] : candidatesIn(words);
  if (candidates.length === 0) return command.run(context, words);
  const found = await findOrganization(
    context,
    candidates.map(({ name }) => name),
  );
  if ('id' in found) {
    const rest = candidates[found.place]?.rest ?? words;
    return command.run(within(context, found.id), rest);
  }
  const text = candidates.findLast(({ isLast }) => isLast)?.name;
  if (text === undefined || command.organization === 'quiet') return command.run(context, words);
  if (command.organization === 'known') throw new Refusal('organization-not-found', { text, ...found });
  const reply = await answer(() => command.run(context, words));
  return 'message' in reply ? { ...reply, message: unknownOrganization(reply.message, text, found) } : reply;
}

/** The same request, about this organization; about the home when it is undefined. */
export function within<Asked extends CommandContext>(
  context: Asked,
  organizationId: OrganizationId | undefined,
): Asked {
  const { organizationId: _, ...home } = context;
  return { ...(home as Asked), ...(organizationId ? { organizationId } : {}) };
}

/** What a button of an answer carries, so that it acts where the answer is about: nothing at home. */
export function named({ organizationId }: CommandContext): { in?: OrganizationId } {
  return organizationId ? { in: organizationId } : {};
}

/** Longer names before shorter ones: an organization may be called "Sales in Berlin". */
function candidatesIn(words: string): Candidate[] {
  const found = [...words.matchAll(/(?:^|\s)in\s+(?=\S)/gi)].flatMap((match) => {
    const before = words.slice(0, match.index);
    const after = words.slice(match.index + match[0].length);
    const quoted = /^(?:"([^"]+)"|“([^”]+)”|'([^']+)'|‘([^’]+)’)(?=\s|$)/.exec(after);
    const ends = quoted
      ? [quoted[0].length]
      : [after.length, ...[...after.matchAll(/\s+(?:as|with)\s/gi)].map(({ index }) => index).reverse()];
    return ends.map((end): Candidate => {
      const [, ...inner] = quoted ?? [];
      const tail = after.slice(end).trim();
      return {
        name: (inner.find((text) => text !== undefined) ?? after.slice(0, end)).trim(),
        rest: [before.trim(), tail].filter((part) => part !== '').join(' '),
        isLast: tail === '',
      };
    });
  });
  return found.filter(({ name }) => /^[^@<>\n]{1,100}$/.test(name)).slice(-mostCandidates);
}

/** The field `in` of a form, for those who may choose between organizations; nothing for everybody else. */
export async function organizationField(
  context: CommandContext,
  right: Right,
): Promise<Partial<OrganizationField>> {
  const choices = await listChoices(context, right);
  const [first] = choices;
  if (!first) return {};
  const options = choices.map(({ id, name }) => ({ value: id, label: oneLine(name, 75) }));
  return { in: { kind: 'choice', label: 'Organization', options, initial: first.id } };
}

/** What `submitForm` reads the organization of a form's answers from. */
export type OrganizationField = { in: Extract<Field, { kind: 'choice' }> };
