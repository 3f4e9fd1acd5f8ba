import {
  type GroupKind,
  groupRoles,
  type InGroup,
  type Model,
  type ModelDraft,
  type Speaker,
} from './state.ts';
import type { PickedGroup, Step } from './steps.ts';

/** The place a pick means: among all there are, or, when it is negative, back from the newest of those still open, if any. */
function placeOf<Thing>(things: readonly Thing[], pick: number, isOpen: (thing: Thing) => boolean): number {
  const all = [...things.keys()];
  const open = pick < 0 ? [...things].flatMap((thing, place) => (isOpen(thing) ? [place] : [])) : [];
  const among = open.length > 0 ? open : all;
  return among.at(pick % among.length) ?? -1;
}

export function pickInvitation({ invitations }: Model, pick: number): number {
  return placeOf(invitations, pick, ({ status }) => status === 'pending');
}

export function pickInvitations(model: Model, picks: readonly number[]): number[] {
  return picks.map((pick) => pickInvitation(model, pick));
}

export function pickDraft({ drafts }: Model, pick: number): number {
  return placeOf(drafts, pick, ({ isGone, isDone }: ModelDraft) => !isGone && !isDone);
}

export function pickGroup({ groups }: Model, pick: number): number {
  return placeOf(groups, pick, ({ isArchived }) => !isArchived);
}

/** Who a step is by: the invitee, or the one who prepared what is confirmed, when it says so. */
export function speakerOf(model: Model, step: Extract<Step, { by: unknown }>): Speaker {
  if (typeof step.by === 'object' || !('pick' in step)) return step.by as Speaker;
  const invitation = model.invitations[pickInvitation(model, step.pick)];
  const draft = model.drafts[pickDraft(model, step.pick)];
  const [account, name] =
    step.do === 'press' ? [draft?.account, draft?.by] : [invitation?.account, invitation?.name];
  const workspace = [...model.workspaces].find(([, of]) => of === account)?.[0];
  return { name: name ?? 'Nina', workspace: workspace ?? 'acme' };
}

/** The link a step uses: the newest, or one before or after it. */
export function linkOf(model: Model, { pick, linksBehind }: { pick: number; linksBehind: number }): number {
  return Math.max(1, (model.invitations[pickInvitation(model, pick)]?.link ?? 1) - linksBehind);
}

/** The role so many places below the highest one. */
export function roleAt(kind: GroupKind, rank: number): string {
  return groupRoles[kind][Math.min(rank, groupRoles[kind].length - 1)] ?? '';
}

/** What is picked, each team or project once. */
export function broughtBy(model: Model, picked: readonly PickedGroup[]): InGroup[] {
  const roles = picked.map(({ pick, rank }) => {
    const group = pickGroup(model, pick);
    return [group, roleAt(model.groups[group]?.kind ?? 'team', rank)] as const;
  });
  return [...new Map(roles)].map(([group, role]) => ({ group, role }));
}

/** The place of the team that a new project is to be of. */
export function teamOf(
  { groups }: Model,
  { kind, team }: Extract<Step, { do: 'create-group' }>,
): number | undefined {
  if (kind === 'team' || team === undefined) return undefined;
  const teams = [...groups.keys()].filter((place) => groups[place]?.kind === 'team');
  return teams.at(team % teams.length);
}
