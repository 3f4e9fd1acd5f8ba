/**
 * A way to break a rule, and no other rule with it: what is wrong, a value of the offending row, and the statements that
 * make it so, which first remove what would refuse them. `{member ana}` stands for Ana's id in the healthy database.
 */
export type Breakage = [wrong: string, finds: string, ...statements: string[]];

export const day = `interval '1 day'`;

/** An invitation to Payments, delivered, with the audit rows it should have; accepted when somebody joined by it. */
export function invitation(of: { email?: string; role?: string; joinedAs?: string }): string[] {
  const { email = 'kim@acme.test', role = 'user', joinedAs } = of;
  const id = 'inv_planted';
  const data = { email, role, memberId: joinedAs };
  return [
    `insert into invitation (id, account_id, organization_id, email, role, status, batch_id, invited_by, expires_at,
        reminders, decided_at, member_id, delivery)
      values ('${id}', '{account Payments}', '{organization Payments}', '${email}', '${role}',
        ${joinedAs ? `'accepted'` : `'pending'`}, 'bat_planted', '{member olivia}', now() + ${day}, '{}',
        ${joinedAs ? 'now()' : 'null'}, ${joinedAs ? `'${joinedAs}'` : 'null'}, 'delivered')`,
    audit('invitation.sent', id, { data }),
    ...(joinedAs ? [audit('invitation.accepted', id, { data })] : []),
  ];
}

/** An audit row of the account that is named after its first organization; its id sorts after all that are there. */
export function audit(
  action: string,
  subject: string,
  more: { account?: string; organization?: string; actor?: string; data?: object } = {},
): string {
  const { account = 'Payments', organization, actor, data = {} } = more;
  return `insert into audit_event (id, account_id, organization_id, actor_member_id, action, subject, data)
    values ('aud_f' || gen_random_uuid(), '{account ${account}}',
      ${organization ? `'{organization ${organization}}'` : 'null'}, ${actor ? `'${actor}'` : 'null'},
      '${action}', '${subject}', '${JSON.stringify(data)}')`;
}

/** Somebody of Payments is removed by Olivia, as it should be but for what they leave behind. */
export function removed(member: string): string[] {
  return [
    `update member set status = 'inactive', removed_at = now(), removed_by = '{member olivia}',
      removal_reason = 'removed' where id = '${member}'`,
    audit('member.removed', member, { actor: '{member olivia}', data: { reason: 'removed' } }),
  ];
}

/** The audit row of Olivia's handing Payments over. */
export function handedOver(to: string): string {
  return audit('organization.transferred', '{organization Payments}', {
    actor: '{member olivia}',
    data: { from: '{member olivia}', to },
  });
}
