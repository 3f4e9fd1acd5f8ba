import { audit, type Breakage } from './planted.ts';

/** The seats of a pool are set, as they should be but for the number. */
const set = (pool: string, from: number, to: number) => [
  `update license_pool set total = ${to} where id = '${pool}'`,
  audit('pool.seats-set', pool, { data: { from, to } }),
];

const noOrganization = 'alter table license_pool drop constraint pool_is_dedicated_within_the_account';

/** A seat for Adam of Payments, with its audit row; it is counted. */
const seat = (
  id: string,
  more: { product: string; pool: string; member?: string; organization?: string },
) => {
  const { product, pool, member = '{member adam}', organization = '{organization Payments}' } = more;
  return [
    `insert into license_assignment (id, account_id, product_id, pool_id, organization_id, member_id)
      values ('${id}', '{account Payments}', '${product}', '${pool}', '${organization}', '${member}')`,
    `update license_pool set used = used + 1 where id = '${pool}'`,
    audit('license.assigned', member, { data: { poolId: pool } }),
  ];
};

/** Licences that break a rule. */
export const brokenLicenses: Record<string, Breakage[]> = {
  'A product is licensed per seat or per concurrent use, under a name of its own in its account': [
    [
      'the name of another, in capitals',
      '{product KSE}',
      'drop index product_name_is_unique_in_account',
      `update license_product set name = 'kse' where id = '{product TestOps}'`,
    ],
    [
      'licensed in a way nobody knows',
      '{product KRE}',
      'alter table license_product drop constraint product_kind_is_known',
      'alter table license_pool drop constraint pool_is_of_a_product_of_the_account',
      `update license_product set kind = 'per-hour' where id = '{product KRE}'`,
      `update license_pool set kind = 'per-hour' where product_id = '{product KRE}'`,
    ],
  ],
  'A pool is of a product of its account, licensed alike, and dedicated to an organization of it or to none':
    [
      [
        'dedicated to an organization of another account',
        'pol_planted',
        noOrganization,
        `insert into license_pool (id, account_id, product_id, kind, organization_id)
        values ('pol_planted', '{account Payments}', '{product KSE}', 'per-seat', '{organization Shipping}')`,
      ],
      [
        'licensed otherwise',
        '{pool KRE}',
        'alter table license_pool drop constraint pool_is_of_a_product_of_the_account',
        `update license_pool set kind = 'per-seat' where id = '{pool KRE}'`,
      ],
    ],
  'A product has exactly one pool of the account, and of each organization at most one': [
    [
      'two of the account',
      '{product KRE}',
      'drop index one_account_pool_per_product',
      `insert into license_pool (id, account_id, product_id, kind)
        values ('pol_planted', '{account Payments}', '{product KRE}', 'per-concurrent-use')`,
    ],
    ['none of the account', '{product KSY}', `delete from license_pool where id = '{pool KSY}'`],
  ],
  'The used seats of a pool are the ones somebody holds': [
    ['one more', '{pool KSE}', `update license_pool set used = used + 1 where id = '{pool KSE}'`],
  ],
  'The dedicated seats of an account are the ones its organizations have, who dedicate none': [
    ['one more', '{pool KSE}', `update license_pool set dedicated = dedicated + 1 where id = '{pool KSE}'`],
    [
      'dedicated by an organization',
      '{dedicated KSE}',
      'alter table license_pool drop constraint only_the_account_dedicates_seats',
      `update license_pool set dedicated = 1 where id = '{dedicated KSE}'`,
    ],
  ],
  'No pool gives away more than it has; only for concurrent use anybody may be assigned': [
    [
      'fewer seats than holders',
      '{pool TestOps}',
      'alter table license_pool drop constraint a_seat_is_given_once',
      ...set('{pool TestOps}', 8, 0),
    ],
    [
      'fewer than none',
      '{pool KRE}',
      'alter table license_pool drop constraint seats_are_never_fewer_than_none',
      'alter table license_pool drop constraint dedicated_seats_come_out_of_the_total',
      `update license_pool set total = -1 where id = '{pool KRE}'`,
    ],
  ],
  'A seat has one holder: an active member, or an invitation it is reserved for, of its organization': [
    [
      'nobody',
      'asg_planted',
      'alter table license_assignment drop constraint a_seat_has_one_holder',
      `insert into license_assignment (id, account_id, product_id, pool_id, organization_id)
        values ('asg_planted', '{account Payments}', '{product TestOps}', '{pool TestOps}', '{organization Payments}')`,
      `update license_pool set used = used + 1 where id = '{pool TestOps}'`,
    ],
    [
      'somebody who was removed',
      'asg_planted',
      'alter table license_assignment drop constraint seat_is_held_by_an_active_member',
      ...seat('asg_planted', {
        product: '{product TestOps}',
        pool: '{pool TestOps}',
        member: '{member lea}',
      }),
    ],
  ],
  'A seat is from a pool of its product, of the account or of the organization of its holder': [
    [
      'another product',
      'asg_planted',
      'alter table license_assignment drop constraint seat_is_from_a_pool_of_the_product',
      ...seat('asg_planted', { product: '{product KRE}', pool: '{pool TestOps}' }),
    ],
  ],
  'Nobody holds two seats of one product': [
    [
      'one from the account and one from the organization',
      '{member pia}',
      'alter table registered_machine drop constraint machine_has_a_license',
      'alter table license_assignment drop constraint one_seat_per_product_and_member',
      ...seat('asg_planted', {
        ...{ product: '{product KSE}', pool: '{pool KSE}', member: '{member pia}' },
      }),
    ],
  ],
  'What an invitation offers is from pools its organization can have seats from, each product once': [
    [
      'a pool of another account',
      '{invitation eve}',
      `insert into invitation_license (invitation_id, product_id, pool_id)
        select '{invitation eve}', product_id, id from license_pool
        where account_id = '{account Shipping}' limit 1`,
    ],
  ],
  'Seats are reserved for what pending invitations offer, until their link is found to have run out': [
    [
      'offered and not reserved',
      '{invitation finn}',
      `insert into invitation_license (invitation_id, product_id, pool_id)
        values ('{invitation finn}', '{product TestOps}', '{pool TestOps}')`,
    ],
    [
      'reserved for somebody who has declined',
      '{invitation ben}',
      `insert into invitation_license (invitation_id, product_id, pool_id)
        values ('{invitation ben}', '{product TestOps}', '{pool TestOps}')`,
      `insert into license_assignment (id, account_id, product_id, pool_id, organization_id, invitation_id)
        values ('asg_planted', '{account Payments}', '{product TestOps}', '{pool TestOps}', '{organization Payments}',
          '{invitation ben}')`,
      `update license_pool set used = used + 1 where id = '{pool TestOps}'`,
    ],
  ],
  'A machine is registered for a licence that its owner holds': [
    [
      'a licence they do not have',
      '{member adam}',
      'alter table registered_machine drop constraint machine_has_a_license',
      `insert into registered_machine (member_id, product_id, machine_id)
        values ('{member adam}', '{product KRE}', 'laptop')`,
    ],
  ],
  'Every seat of a member is one the audit log says they joined with, were assigned or changed to': [
    [
      'a seat from nowhere',
      'asg_planted',
      seat('asg_planted', { product: '{product TestOps}', pool: '{pool TestOps}' })[0] ?? '',
      `update license_pool set used = used + 1 where id = '{pool TestOps}'`,
    ],
  ],
  'Joining brings exactly the licences that were offered': [
    [
      'one was offered, none came',
      '{invitation ana}',
      `insert into invitation_license (invitation_id, product_id, pool_id)
        values ('{invitation ana}', '{product TestOps}', '{pool TestOps}')`,
    ],
    [
      'one came, none was offered',
      '{invitation pia}',
      `delete from invitation_license where invitation_id = '{invitation pia}'`,
      audit('license.assigned', '{member pia}', { data: { poolId: '{dedicated KSE}' } }),
    ],
  ],
  'A pool has the seats that the changes in the audit log add up to': [
    ['more', '{pool TestOps}', `update license_pool set total = total + 1 where id = '{pool TestOps}'`],
  ],
  'What the audit log says of licences is of members, pools and products of the account': [
    ['a member of another account', '{member bea}', audit('license.taken-back', '{member bea}')],
    ['a pool nobody has', 'pol_nobody', audit('pool.running-out', 'pol_nobody')],
    ['a product nobody has', 'prd_nobody', audit('product.renamed', 'prd_nobody')],
  ],
};
