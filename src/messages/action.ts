import { z } from 'zod';
import {
  type BatchId,
  type DraftId,
  type ExportId,
  type InvitationId,
  isId,
  type MemberId,
  type OrganizationId,
  type PoolId,
  type ProductId,
} from '../../db/id.ts';
import { accountRoles, storedRoles } from '../../db/schema.ts';
import { allGroupRoles, type GroupId, groupKinds, isGroupId } from '../membership/groups/group.ts';

const invitationId = z.custom<InvitationId>((value) => isId('inv', value));
const draftId = z.custom<DraftId>((value) => isId('dra', value));
const memberId = z.custom<MemberId>((value) => isId('mem', value));
const organizationId = z.custom<OrganizationId>((value) => isId('org', value));
const productId = z.custom<ProductId>((value) => isId('prd', value));
const poolId = z.custom<PoolId>((value) => isId('pol', value));
const groupId = z.custom<GroupId>((value) => isGroupId(value));
const kind = z.enum(groupKinds);
const batchId = z.custom<BatchId>((value) => isId('bat', value));
const exportId = z.custom<ExportId>((value) => isId('exp', value));
const claim = { invitationId, generation: z.int().positive() };
const search = z.string().max(200).optional();
const after = z.string().max(500).optional();
/** The organization it is about, when it is not the home of whoever presses. It gives no rights there. */
const about = { in: organizationId.optional() };
/** The list is turned to another page where it stands; otherwise it opens anew. */
const turn = z.literal(true).optional();

/** Everything a button can ask for. A button carries only which thing it is about, never who presses it. */
export const action = z.discriminatedUnion('do', [
  z.object({ do: z.literal('help') }),
  z.object({ do: z.literal('set-up') }),
  z.object({ do: z.literal('connect-workspace') }),
  z.object({ do: z.literal('invite'), ...about }),
  z.object({ do: z.literal('invite.send'), draftId }),
  z.object({ do: z.literal('invite.change'), draftId, from: z.string().max(254), to: z.string().max(254) }),
  z.object({ do: z.literal('invite.cancel') }),
  z.object({ do: z.literal('invite.stop'), batchId }),
  z.object({ do: z.literal('pending'), search, after, turn, ...about }),
  z.object({ do: z.literal('pending.resend'), invitationId, search, ...about }),
  z.object({ do: z.literal('pending.copy-link'), invitationId }),
  z.object({ do: z.literal('pending.revoke'), invitationId }),
  z.object({ do: z.literal('pending.revoke-several'), search, ...about }),
  z.object({ do: z.literal('revoke.confirm'), draftId }),
  z.object({ do: z.literal('revoke.keep') }),
  z.object({ do: z.literal('members'), search, after, turn, ...about }),
  z.object({ do: z.literal('removed'), search, after, turn, ...about }),
  z.object({ do: z.literal('filter'), list: z.enum(['members', 'pending', 'removed']), search, ...about }),
  z.object({ do: z.literal('audit'), search, after, turn, ...about }),
  z.object({
    ...{ do: z.literal('select'), list: z.enum(['members', 'pending']), search, after, ...about },
    draftId: draftId.optional(),
  }),
  z.object({ do: z.literal('selection.role'), draftId, role: z.enum(storedRoles) }),
  z.object({ do: z.literal('selection.license'), draftId }),
  z.object({ do: z.literal('selection.remove'), draftId }),
  z.object({ do: z.literal('selection.resend'), draftId }),
  z.object({ do: z.literal('selection.revoke'), draftId }),
  z.object({ do: z.literal('who') }),
  z.object({ do: z.literal('card'), memberId }),
  z.object({ do: z.literal('choose-person'), draftId, place: z.int().min(0).max(999), memberId }),
  z.object({ do: z.literal('keep') }),
  z.object({ do: z.literal('work.stop'), draftId }),
  z.object({ do: z.literal('role'), memberId }),
  z.object({ do: z.literal('role.review'), memberId, role: z.enum(storedRoles) }),
  z.object({ do: z.literal('role.confirm'), draftId }),
  z.object({ do: z.literal('account') }),
  z.object({ do: z.literal('account.review'), memberId, accountRole: z.enum(accountRoles) }),
  z.object({ do: z.literal('account.confirm'), draftId }),
  z.object({ do: z.literal('transfer'), memberId: memberId.optional() }),
  z.object({ do: z.literal('remove'), memberId }),
  z.object({ do: z.literal('remove.confirm'), draftId }),
  z.object({ do: z.literal('leave') }),
  z.object({ do: z.literal('leave.confirm'), draftId }),
  z.object({ do: z.literal('invite.back'), memberId }),
  z.object({ do: z.literal('organizations'), after, turn }),
  z.object({ do: z.literal('organization.create') }),
  z.object({ do: z.literal('organization.create.confirm'), draftId }),
  z.object({ do: z.literal('organization.rename'), ...about }),
  z.object({ do: z.literal('move'), memberId: memberId.optional(), ...about }),
  z.object({ do: z.literal('move.confirm'), draftId }),
  z.object({ do: z.literal('licenses'), product: search, after, turn, ...about }),
  z.object({ do: z.literal('licenses.holders'), poolId, after, turn, ...about }),
  z.object({ do: z.literal('license'), productId: productId.optional(), ...about }),
  z.object({ do: z.literal('card.licenses'), memberId }),
  z.object({ do: z.literal('details'), memberId }),
  z.object({ do: z.literal('license.assign'), memberId, productId, poolId }),
  z.object({ do: z.literal('license.take-back'), memberId, productId }),
  z.object({
    ...{ do: z.literal('seats'), productId: productId.optional(), organizationId: organizationId.optional() },
  }),
  z.object({ do: z.literal('catalogue') }),
  z.object({ do: z.literal('product.add') }),
  z.object({ do: z.literal('product.rename'), productId }),
  z.object({ do: z.literal('product.retire'), productId, retired: z.boolean() }),
  z.object({ do: z.literal('groups'), kind, search, after, turn, ...about }),
  z.object({ do: z.literal('group'), groupId, after, turn }),
  z.object({ do: z.literal('group.create'), kind, ...about }),
  z.object({ do: z.literal('group.rename'), groupId }),
  z.object({ do: z.literal('group.archive'), groupId }),
  z.object({ do: z.literal('group.archive.confirm'), draftId }),
  z.object({ do: z.literal('group.add'), groupId }),
  z.object({ do: z.literal('group.role'), groupId, memberId }),
  z.object({ do: z.literal('group.role.set'), groupId, memberId, role: z.enum(allGroupRoles) }),
  z.object({ do: z.literal('group.remove'), groupId, memberId }),
  z.object({ do: z.literal('card.group'), kind, memberId }),
  z.object({ do: z.literal('export'), ...about }),
  z.object({ do: z.literal('export.cancel'), exportId }),
  z.object({ do: z.literal('audit.export'), ...about }),
  z.object({ do: z.literal('settings'), ...about }),
  z.object({ do: z.literal('settings.change'), ...about }),
  z.object({ do: z.literal('settings.channel-off'), ...about }),
  z.object({ do: z.literal('join'), ...claim }),
  z.object({ do: z.literal('decline'), ...claim }),
  z.object({ do: z.literal('ask-for-new-link'), invitationId }),
  z.object({ do: z.literal('resend'), invitationId }),
  z.object({ do: z.literal('request.resend'), invitationId }),
]);

/** What a button does, as the data it carries. */
export type Action = z.infer<typeof action>;

/** What may open a form. Some platforms want a button to say so before it is pressed. */
export const formActions = [
  'set-up',
  'invite',
  'invite.back',
  'pending.revoke-several',
  'filter',
  'details',
  'select',
  'selection.license',
  'transfer',
  'organization.create',
  'organization.rename',
  'move',
  'license',
  'seats',
  'product.add',
  'product.rename',
  'group.create',
  'group.rename',
  'group.add',
  'card.group',
  'settings.change',
] as const satisfies Action['do'][];

/** An action that may open a form. */
export type FormAction = (typeof formActions)[number];
