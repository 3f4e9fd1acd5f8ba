import { type GroupKind, type GroupRole, groupRoles } from '../membership/groups/group.ts';
import { groupRoleNames } from '../membership/refusal.ts';

/** How the roles of each kind are written: "test lead", "test-lead", "testlead". Who says "admin" of a project means its Project Admin. */
const written = {
  team: spellings('team'),
  project: [...spellings('project'), { role: 'project-admin', pattern: 'admin' } as const],
};

function spellings(kind: GroupKind): { role: GroupRole; pattern: string }[] {
  return groupRoles[kind].map((role) => ({
    role,
    pattern: groupRoleNames[role].toLowerCase().replace(' ', '[\\s-]*'),
  }));
}

/** Takes "as admin" off the end of the words; when `bare`, also "to admin" and "admin" alone. */
export function splitGroupRole(
  kind: GroupKind,
  words: string,
  { bare = false }: { bare?: boolean } = {},
): { text: string; role?: GroupRole } {
  const before = bare ? '(?:(?:as|to)\\s+)?' : 'as\\s+';
  for (const { role, pattern } of written[kind]) {
    const match = new RegExp(`^(.*?\\S)\\s+${before}(?:an?\\s+)?${pattern}$`, 'is').exec(words.trim());
    if (match?.[1]) return { text: match[1], role };
  }
  return { text: words.trim() };
}

/** One way to read words as what stands before and after a word in between. */
export interface Reading {
  before: string;
  after: string;
}

/** All the ways to part words at one of these: names may contain it too. The first has the least before it. */
export function readingsOf(words: string, between: readonly string[]): Reading[] {
  const pattern = new RegExp(`\\s+(?:${between.join('|')})\\s+`, 'gi');
  return [...words.matchAll(pattern)].map((match) => ({
    before: words.slice(0, match.index).trim(),
    after: words.slice(match.index + match[0].length).trim(),
  }));
}
