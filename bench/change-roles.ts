import type { MemberId } from '../db/id.ts';
import { changeRoles as changeAll } from '../src/membership/members/change-roles.ts';
import { type Bar, figure } from './bar.ts';
import { changeRolesByHand } from './floor.ts';
import { alternate, type Side } from './rounds.ts';
import { contextOf } from './seed.ts';

/** Changing the role of many in one step, to and fro, so that every time is a change. */
export const changeRoles: Bar = async (ground, { big }) => {
  const { rounds, many } = ground.sizes;
  const rows = await ground.floor<{ id: MemberId }[]>`
    select id from member where organization_id = ${big.id} and role = 'user' order by id desc limit ${2 * many}`;
  const ids = rows.map(({ id }) => id);
  const [ofUsher, ofFloor] = [ids.slice(0, many), ids.slice(many)];
  const context = contextOf(ground, big.owner);
  const usher = toAndFro((role) => changeAll(context, { memberIds: ofUsher, role }));
  const byHand = toAndFro((role) => changeRolesByHand(ground.floor, big.owner, ofFloor, role));
  const compared = await alternate(rounds, 3, usher, byHand);
  return [{ bar: 13, what: `change the role of ${figure(many)}`, ...compared, threshold: 1.5 }];
};

function toAndFro(change: (role: 'user' | 'billing-manager') => Promise<unknown>): Side {
  let isUser = true;
  return async () => () => {
    isUser = !isUser;
    return change(isUser ? 'user' : 'billing-manager');
  };
}
