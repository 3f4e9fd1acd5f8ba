import { type StoredRole, storedRoles } from '../../db/schema.ts';
import { type GroupKind, groupKinds } from '../membership/groups/group.ts';
import type { GroupTerm } from '../membership/groups/offer-groups.ts';
import { type LicenseTerm, splitLicenses } from '../membership/licenses/find-sources.ts';
import { splitGroupRole } from './group-words.ts';

/** What stands in "ana@acme.com as user to team QA, project Payments app as tester with KSE from Payments". */
export interface InviteWords {
  text: string;
  role: StoredRole;
  licenses: LicenseTerm[];
  groups: GroupTerm[];
}

/**
 * Takes what an invitation brings off the end of the words: "as admin" and "with KSE" in either order, "to team QA" after
 * the role and before or after the licences. A role after a team or project is the role there.
 */
export function splitInviteWords(words: string): InviteWords {
  const at = words.search(/(?<![^\s])to\s+(?:team|project)s?\s+\S/i);
  if (at < 0) return { ...splitLicensed(words), groups: [] };
  const into = words.slice(at).replace(/^to\s+/i, '');
  const withLicenses = /^(.*?\S)\s+with\s+([^<>@]+)$/is.exec(into);
  const before = splitLicensed(words.slice(0, at));
  const licenses = [...before.licenses, ...splitLicenses(withLicenses?.[2] ?? '')];
  return { ...before, licenses, groups: splitGroups(withLicenses?.[1] ?? into) };
}

/** Reads "team QA, Front desk and project Payments app as tester"; what stands without a kind is of the one before. */
function splitGroups(text: string): GroupTerm[] {
  let kind: GroupKind = 'team';
  return text
    .split(/[,;\n]|\s+and\s+(?=(?:team|project)s?\s)/i)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, word = '', name = part] = /^(team|project)s?\s+(.+)$/is.exec(part) ?? [];
      kind = groupKinds.find((known) => known === word.toLowerCase()) ?? kind;
      const read = splitGroupRole(kind, name);
      return { kind, readings: read.role ? [{ text: name }, read] : [{ text: name }] };
    });
}

/** Takes "with KSE from Payments" and "as admin" off the end of the words, in either order. */
function splitLicensed(words: string): Omit<InviteWords, 'groups'> {
  const last = splitRole(words);
  const match = /^(.*?)\s*\bwith\s+([^<>@]+)$/is.exec(` ${last.text}`);
  if (!match) return { ...last, licenses: [] };
  const licenses = splitLicenses(match[2] ?? '');
  const before = (match[1] ?? '').trim();
  return last.text === words.trim()
    ? { ...splitRole(before), licenses }
    : { ...last, text: before, licenses };
}

/** Takes "as admin" off the end of the words. */
function splitRole(words: string): { text: string; role: StoredRole } {
  const match = /^(.*?)\s*\bas\s+(?:an?\s+)?(user|admin|billing[\s-]?manager)\s*$/is.exec(` ${words}`);
  if (!match) return { text: words.trim(), role: 'user' };
  const role = (match[2] ?? 'user').toLowerCase().replace(/^billing.*$/, 'billing-manager');
  return { text: (match[1] ?? '').trim(), role: storedRoleNamed(role) };
}

/** What stands behind "as" at the end of the words and is no role there is: "ana@acme.com as owner". */
export function unknownRoleIn(text: string): string | undefined {
  return /(?:^|\s)as\s+(?:an?\s+)?(\p{L}[\p{L}\s-]{0,40})$/iu.exec(text)?.[1];
}

/** The role of this name; User when it is none. */
export function storedRoleNamed(text: string): StoredRole {
  return storedRoles.find((role) => role === text) ?? 'user';
}
