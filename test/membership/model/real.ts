import type { Database } from '../../../db/connect.ts';
import type { DraftId, InvitationId, MemberId, OrganizationId } from '../../../db/id.ts';
import type { CommandContext } from '../../../src/commands/command.ts';
import type { GroupId, GroupRole } from '../../../src/membership/groups/group.ts';
import { emailOf, type People } from '../people.ts';
import type { Ids } from './database.ts';
import { pickGroup, pickInvitation, roleAt } from './picks.ts';
import { founders, isTeams, type Model, type ModelSeat, type Speaker, workspaceAdmins } from './state.ts';
import type { PickedGroup } from './steps.ts';

/** usher, as the steps of the model meet it. */
export interface Real {
  people: People;
  db: Database;
  ids: Ids;
  /** The drafts behind the model's, in their order. */
  drafts: DraftId[];
}

/** The end of an id that nothing has. */
export const nothing = '0'.repeat(32);

/** What finds ids. */
export type Find = ReturnType<typeof finder>;

/** Finds the ids of what a speaker means: things of their account, or, when there are none, of any. */
export function finder({ ids, ...real }: Real, model: Model, { workspace }: Speaker) {
  const account = model.workspaces.get(workspace) ?? '';
  const anywhere = <Id>(found: Map<string, Id>, name: string) =>
    found.get(`${account} ${name}`) ?? [...found].find(([key]) => key.endsWith(` ${name}`))?.[1];
  const find = {
    member: (name: string): MemberId => anywhere(ids.members, name) ?? `mem_${nothing}`,
    organization: (name: string): OrganizationId => anywhere(ids.organizations, name) ?? `org_${nothing}`,
    product: (name: string) => ids.products.get(`${account} ${name}`) ?? (`prd_${nothing}` as const),
    seat: ({ product, source }: ModelSeat) => ({
      productId: find.product(product),
      poolId: anywhere(ids.pools, `${product} ${source}`) ?? (`pol_${nothing}` as const),
    }),
    invitations: (picks: readonly number[]): InvitationId[] =>
      picks.map((pick) => invitationAt({ ids, ...real }, model, pick)),
    group: (pick: number): GroupId => groupAt({ ids, ...real }, pickGroup(model, pick)),
    inGroup: ({ pick, rank }: PickedGroup): { groupId: GroupId; role: GroupRole } => {
      const kind = model.groups[pickGroup(model, pick)]?.kind ?? 'team';
      const role = roleAt(kind, rank).toLowerCase().replace(' ', '-') as GroupRole;
      return { groupId: find.group(pick), role };
    },
  };
  return find;
}

/** The invitation a pick means. */
export function invitationAt({ ids }: Real, model: Model, pick: number): InvitationId {
  return ids.invitations[pickInvitation(model, pick)] ?? `inv_${nothing}`;
}

/** The team or project at a place among all of them. */
export function groupAt({ ids }: Real, place: number | undefined): GroupId {
  return ids.groups[place ?? -1] ?? `tea_${nothing}`;
}

/** What usher is given when somebody speaks. */
export function contextOf({ people }: Real, { name, workspace }: Speaker): CommandContext {
  const person = people.person(name, workspace, {
    platform: isTeams(workspace) ? 'teams' : 'slack',
    isWorkspaceAdmin: workspaceAdmins.includes(name),
  });
  return {
    ...{ ...person.context, founders: founders.map(emailOf) },
    findMentioned: async () => ({ why: 'gone' }),
    readFile: () => Promise.reject(new Error('nobody gives a file')),
  };
}
