import type { Invariant } from './invariant.ts';

/** Products, seats, who holds them, and on which machines. */
export const licenseInvariants: readonly Invariant[] = [
  {
    rule: 'A product is licensed per seat or per concurrent use, under a name of its own in its account',
    query: `
      select d.id as product, d.name, d.kind from license_product d left join account a on a.id = d.account_id
      where a.id is null or d.kind not in ('per-seat', 'per-concurrent-use') or exists (
        select from license_product other
        where other.account_id = d.account_id and lower(other.name) = lower(d.name) and other.id <> d.id)`,
  },
  {
    rule: 'A pool is of a product of its account, licensed alike, and dedicated to an organization of it or to none',
    query: `
      select p.id as pool from license_pool p
      left join license_product d on d.id = p.product_id and d.account_id = p.account_id and d.kind = p.kind
      left join organization o on o.id = p.organization_id and o.account_id = p.account_id
      where d.id is null or (p.organization_id is not null and o.id is null)`,
  },
  {
    rule: 'A product has exactly one pool of the account, and of each organization at most one',
    query: `
      select d.id as product, p.organization_id as organization, count(p.id) as pools
      from license_product d left join license_pool p on p.product_id = d.id
      group by d.id, p.organization_id having count(p.id) > 1
      union all
      select d.id, null, 0 from license_product d
      where not exists (select from license_pool p where p.product_id = d.id and p.organization_id is null)`,
  },
  {
    rule: 'The used seats of a pool are the ones somebody holds',
    query: `
      select p.id as pool, p.used, count(a.id) as holders
      from license_pool p left join license_assignment a on a.pool_id = p.id
      group by p.id having p.used <> count(a.id)`,
  },
  {
    rule: 'The dedicated seats of an account are the ones its organizations have, who dedicate none',
    query: `
      select p.id as pool, p.dedicated, coalesce(sum(o.total), 0) as given
      from license_pool p
      left join license_pool o on o.product_id = p.product_id and o.organization_id is not null
        and p.organization_id is null
      group by p.id having p.dedicated <> coalesce(sum(o.total), 0)`,
  },
  {
    rule: 'No pool gives away more than it has; only for concurrent use anybody may be assigned',
    query: `
      select id as pool, total, dedicated, used from license_pool
      where least(total, dedicated, used) < 0 or dedicated > total
        or (kind = 'per-seat' and used::bigint + dedicated > total)`,
  },
  {
    rule: 'A seat has one holder: an active member, or an invitation it is reserved for, of its organization',
    query: `
      select a.id as assignment, a.member_id as member, a.invitation_id as invitation
      from license_assignment a
      left join member m on m.id = a.member_id and m.organization_id = a.organization_id
        and m.account_id = a.account_id and m.status = 'active'
      left join invitation i on i.id = a.invitation_id and i.organization_id = a.organization_id
        and i.account_id = a.account_id
      where num_nonnulls(a.member_id, a.invitation_id) <> 1 or num_nonnulls(m.id, i.id) <> 1`,
  },
  {
    rule: 'A seat is from a pool of its product, of the account or of the organization of its holder',
    query: `
      select a.id as assignment, a.pool_id as pool from license_assignment a
      left join license_pool p on p.id = a.pool_id and p.product_id = a.product_id and p.account_id = a.account_id
        and coalesce(p.organization_id, a.organization_id) = a.organization_id
      where p.id is null`,
  },
  {
    rule: 'Nobody holds two seats of one product',
    query: `
      select coalesce(member_id, invitation_id) as holder, product_id as product from license_assignment
      group by coalesce(member_id, invitation_id), product_id having count(*) > 1`,
  },
  {
    rule: 'What an invitation offers is from pools its organization can have seats from, each product once',
    query: `
      select i.id as invitation, l.pool_id as pool from invitation_license l join invitation i on i.id = l.invitation_id
      left join license_pool p on p.id = l.pool_id and p.product_id = l.product_id and p.account_id = i.account_id
        and coalesce(p.organization_id, i.organization_id) = i.organization_id
      where p.id is null
      union all
      select invitation_id, product_id from invitation_license
      group by invitation_id, product_id having count(*) > 1`,
  },
  {
    rule: 'Seats are reserved for what pending invitations offer, until their link is found to have run out',
    query: `
      with reserved as (select * from license_assignment where invitation_id is not null),
      open as (
        select l.* from invitation_license l join invitation i on i.id = l.invitation_id
        where i.status = 'pending' and i.expiry_noticed_at is null)
      select coalesce(r.invitation_id, o.invitation_id) as invitation, coalesce(r.pool_id, o.pool_id) as pool
      from reserved r
      full join open o on o.invitation_id = r.invitation_id and o.product_id = r.product_id and o.pool_id = r.pool_id
      where (r.id is null or o.invitation_id is null)
        and (r.id is null or exists (select from invitation i where i.id = r.invitation_id))`,
  },
  {
    rule: 'A machine is registered for a licence that its owner holds',
    query: `
      select r.member_id as member, r.product_id as product, r.machine_id as machine from registered_machine r
      where not exists (
        select from license_assignment a where a.member_id = r.member_id and a.product_id = r.product_id)`,
  },
  {
    rule: 'Every seat of a member is one the audit log says they joined with, were assigned or changed to',
    query: `
      select a.id as assignment, a.member_id as member, a.pool_id as pool from license_assignment a
      join member m on m.id = a.member_id
      where not exists (
        select from audit_event e
        where e.subject = a.member_id and e.refusal is null and e.action in ('license.assigned', 'license.moved')
          and e.data ->> 'poolId' = a.pool_id)
      and not exists (
        select from invitation i join invitation_license l on l.invitation_id = i.id
        join audit_event e on e.subject = i.id and e.action = 'invitation.accepted' and e.refusal is null
        where i.member_id = a.member_id and l.pool_id = a.pool_id and e.data -> 'licenses' ? a.product_id)`,
  },
  {
    rule: 'Joining brings exactly the licences that were offered',
    query: `
      select i.id as invitation, i.member_id as member from invitation i
      join audit_event e on e.subject = i.id and e.action = 'invitation.accepted' and e.refusal is null
      where i.status = 'accepted' and coalesce(e.data -> 'licenses', '[]') <> (
        select coalesce(jsonb_agg(o.product order by o.place, o.product), '[]') from (
          select l.product_id as product, array_position(array(
            select jsonb_array_elements_text(e.data -> 'licenses')), l.product_id) as place
          from invitation_license l where l.invitation_id = i.id) o)`,
  },
  {
    rule: 'A pool has the seats that the changes in the audit log add up to',
    query: `
      select p.id as pool, p.total, changed.seats from license_pool p
      left join lateral (
        select sum((e.data ->> 'to')::int - (e.data ->> 'from')::int) as seats from audit_event e
        where e.subject = p.id and e.action = 'pool.seats-set' and e.refusal is null) as changed on true
      where p.total >= 0 and p.total <> coalesce(changed.seats, 0)`,
  },
  {
    rule: 'What the audit log says of licences is of members, pools and products of the account',
    query: `
      select e.id as audit_event, e.action, e.subject from audit_event e
      where e.refusal is null and (
        (e.action in ('license.assigned', 'license.moved', 'license.taken-back', 'machine.registered')
          and not exists (select from member m where m.id = e.subject and m.account_id = e.account_id))
        or (e.action in ('pool.seats-set', 'pool.running-out')
          and not exists (select from license_pool p where p.id = e.subject and p.account_id = e.account_id))
        or (e.action in ('product.added', 'product.renamed', 'product.retired', 'product.restored')
          and not exists (select from license_product d where d.id = e.subject and d.account_id = e.account_id)))`,
  },
];
