import type { MemberId, ProductId } from '../../db/id.ts';
import { findStanding } from '../membership/actor.ts';
import { type AssignInput, assignLicenses } from '../membership/licenses/assign-licenses.ts';
import { listHolders } from '../membership/licenses/list-holders.ts';
import { listPools } from '../membership/licenses/list-pools.ts';
import { showLicenses } from '../membership/licenses/show-licenses.ts';
import { takeBackLicenses } from '../membership/licenses/take-back-licenses.ts';
import { may } from '../membership/policy.ts';
import { assignResult, takeBackResult } from '../messages/license-changes.ts';
import { memberLicenses } from '../messages/licenses.ts';
import { holderList, poolList } from '../messages/pools.ts';
import { ownCard } from './card.ts';
import type { ActionHandlers, Command, CommandContext, Said } from './command.ts';
import { named } from './in-organization.ts';
import { pageSize } from './list.ts';

/** `/usher licenses`: the pools, or for those who may see none what they hold themselves. */
export const licenses: Command = {
  word: 'licenses',
  does: 'See the licences: how many seats there are, and who has them',
  example: '/usher licenses KSE',
  without: { right: 'see-licenses', does: 'See your own licences, on your card' },
  offeredTo: () => true,
  run: (context, words) => list(context, { product: words }),
};

interface Asked {
  product?: string | undefined;
  after?: string | undefined;
}

async function list(context: CommandContext, { product, after }: Asked): Promise<Said> {
  const standing = await findStanding(context.db, context.actor, context.organizationId);
  const isHome = standing?.organizationId === standing?.homeId;
  if (standing && isHome && !may(standing, 'see-licenses', standing.homeId)) return ownCard(context);
  const asked = { ...(product ? { product } : {}), ...(after ? { after } : {}) };
  const page = await listPools(context, { ...asked, size: pageSize });
  return { message: poolList(page, { ...asked, ...named(context) }) };
}

/** Gives everybody a seat who can have one, and says what became of each. */
export async function assign(
  context: CommandContext,
  input: AssignInput,
  unknown: readonly string[],
): Promise<Said> {
  return { message: assignResult(await assignLicenses(context, input), unknown) };
}

/** Takes a seat back from everybody who has one, and says what became of each. */
export async function takeBack(
  context: CommandContext,
  input: { memberIds: readonly MemberId[]; productId: ProductId },
  unknown: readonly string[],
): Promise<Said> {
  return { message: takeBackResult(await takeBackLicenses(context, input), unknown) };
}

export const licensesActions: Pick<
  ActionHandlers,
  'licenses' | 'licenses.holders' | 'card.licenses' | 'license.assign' | 'license.take-back'
> = {
  licenses: async (context, asked) => ({
    ...(await list(context, asked)),
    ...(asked.turn ? { replace: true } : {}),
  }),
  'licenses.holders': async (context, { poolId, after, turn }) => {
    const asked = after ? { after } : {};
    const page = await listHolders(context, { poolId, ...asked, size: pageSize });
    return { message: holderList(page, { ...asked, ...named(context) }), ...(turn ? { replace: true } : {}) };
  },
  'card.licenses': async (context, { memberId }) => ({
    message: memberLicenses(await showLicenses(context, { memberId })),
  }),
  'license.assign': async (context, { memberId, productId, poolId }) => ({
    ...(await assign(context, { memberIds: [memberId], productId, poolId }, [])),
    replace: true,
  }),
  'license.take-back': async (context, { memberId, productId }) => ({
    ...(await takeBack(context, { memberIds: [memberId], productId }, [])),
    replace: true,
  }),
};
