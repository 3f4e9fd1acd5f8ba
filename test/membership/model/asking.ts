import {
  type ActorKind,
  answerAtHome,
  answerElsewhere,
  answerInForeign,
  outsider,
  type TargetKind,
} from '../matrix/product.ts';
import type { Model, ModelAccount, ModelMember, Speaker } from './state.ts';

/** What is known of somebody who asks for something: in which account, as whom. */
export interface Asking {
  account: ModelAccount;
  member: ModelMember | undefined;
  kind: ActorKind;
  /** The organization the request is about: their home, or the one they named. */
  about: string;
}

/** The one who speaks, as usher knows them; undefined where nobody has set usher up. */
export function askingOf(model: Model, { name, workspace }: Speaker, named?: string): Asking | undefined {
  const account = model.accounts.get(model.workspaces.get(workspace) ?? '');
  if (!account) return undefined;
  const member = account.members.get(name);
  const role = !member ? 'stranger' : member.status === 'active' ? member.role : 'removed';
  const accountAdmin = member?.status === 'active' && member.accountAdmin;
  return { account, member, kind: { accountAdmin, role }, about: named ?? member?.organization ?? '' };
}

/** Whether the table lets somebody do this in an organization; a foreign one is as far away as one that does not exist. */
export function answerIn({ account, member, kind }: Asking, organization: string, row: string): string {
  if (member?.status !== 'active') return answerAtHome(row, kind);
  if (!account.organizations.includes(organization)) return answerInForeign(kind);
  return (member.organization === organization ? answerAtHome : answerElsewhere)(row, kind);
}

/** Those of them whom the account knows, each once. */
export function knownOf({ account }: Asking, names: readonly string[]): ModelMember[] {
  return [...new Set(names)].flatMap((name) => account.members.get(name) ?? []);
}

/** Somebody as the one who acts sees them. */
export function targetOf({ member: actor }: Asking, member: ModelMember): TargetKind {
  const isHere = member.organization === actor?.organization;
  return {
    accountAdmin: member.accountAdmin,
    role: member.status === 'active' ? member.role : 'removed',
    place: member === actor ? 'self' : isHere ? 'own organization' : 'other organization',
  };
}

/** What is said of each of several people, before anything is done. */
export interface Line {
  member: ModelMember;
  answer: string;
}

/** Somebody of another account. */
export const foreign: TargetKind = { accountAdmin: false, role: 'User', place: 'foreign account' };

/** Bad lines never stop good ones: it is refused for one alone, or when nobody is left. */
function refusal(lines: readonly Line[], of: 'the only one' | 'all'): string {
  const [first] = lines;
  if (!first) return 'member-not-found';
  if (of === 'the only one' && lines.length > 1) return 'done';
  return lines.every(({ answer }) => answer !== 'done') ? first.answer : 'done';
}

/** Refused as somebody without a standing, or else for the lines. */
export function refusalOf({ kind }: Asking, lines: readonly Line[], of: 'the only one' | 'all'): string {
  return outsider(kind) ?? refusal(lines, of);
}
