import type { CommandContext } from '../../../src/commands/command.ts';
import { type ListInput, listInvitations } from '../../../src/membership/invitations/list-invitations.ts';
import { listMembers } from '../../../src/membership/members/list-members.ts';
import { listRemoved } from '../../../src/membership/members/list-removed.ts';
import type { ListStep } from './steps.ts';

/** More pages than there are people. */
const endless = 100;

/** Turns all pages of a list, and tells the names on them. */
export async function turnPages(context: CommandContext, step: ListStep): Promise<string[]> {
  const { list, text, filters, size } = step;
  const search = [text, ...filters.map(({ key, value }) => `${key}:"${value}"`)].join(' ');
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const { names, next } = await read(context, list, { search, size, ...(after ? { after } : {}) });
    pages.push(names);
    after = next;
  } while (after && pages.length < endless);
  if (pages.slice(0, -1).some(({ length }) => length !== size)) throw new Error('A page is not full.');
  return pages.flat();
}

async function read(
  context: CommandContext,
  list: ListStep['list'],
  input: ListInput,
): Promise<{ names: string[]; next: string | undefined }> {
  if (list === 'pending') {
    const { rows, next } = await listInvitations(context, input);
    return { names: rows.map(({ email }) => nameOf(email)), next };
  }
  const { rows, next } = await (list === 'members' ? listMembers : listRemoved)(context, input);
  return { names: rows.map(({ fullName }) => fullName), next };
}

const nameOf = (email: string) => `${email.charAt(0).toUpperCase()}${email.slice(1, email.indexOf('@'))}`;
