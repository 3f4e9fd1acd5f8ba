import { afterAll, beforeAll, expect, test } from 'vitest';
import { listEvents } from '../../../src/membership/audit/list-events.ts';
import { prepareChannel, setChannel, turnChannelOff } from '../../../src/membership/channel/set-channel.ts';
import type { Context } from '../../../src/membership/context.ts';
import { requestExport } from '../../../src/membership/exports/request-export.ts';
import { archiveGroup, renameGroup } from '../../../src/membership/groups/change-group.ts';
import { addToGroup } from '../../../src/membership/groups/change-group-members.ts';
import { createGroup } from '../../../src/membership/groups/create-group.ts';
import { groupKinds } from '../../../src/membership/groups/group.ts';
import { showGroup } from '../../../src/membership/groups/show-group.ts';
import { inviteMembers } from '../../../src/membership/invitations/invite-members.ts';
import { listInvitations } from '../../../src/membership/invitations/list-invitations.ts';
import { reviewInvitations } from '../../../src/membership/invitations/review-invitations.ts';
import { assignLicenses } from '../../../src/membership/licenses/assign-licenses.ts';
import { addProduct, renameProduct, retireProduct } from '../../../src/membership/licenses/edit-catalogue.ts';
import { listSources } from '../../../src/membership/licenses/find-sources.ts';
import { listPools } from '../../../src/membership/licenses/list-pools.ts';
import { listProducts } from '../../../src/membership/licenses/list-products.ts';
import { listSeatTargets } from '../../../src/membership/licenses/list-seat-targets.ts';
import { setSeats } from '../../../src/membership/licenses/set-seats.ts';
import { showLicenses } from '../../../src/membership/licenses/show-licenses.ts';
import { takeBackLicenses } from '../../../src/membership/licenses/take-back-licenses.ts';
import { listAccountAdmins } from '../../../src/membership/members/account-admins.ts';
import {
  changeAccountRoles,
  prepareAccountRoleChange,
} from '../../../src/membership/members/change-account-roles.ts';
import { changeRoles, prepareRoleChange } from '../../../src/membership/members/change-roles.ts';
import { editDetails, findDetails } from '../../../src/membership/members/edit-details.ts';
import { leaveOrganization, prepareLeaving } from '../../../src/membership/members/leave-organization.ts';
import { listMembers } from '../../../src/membership/members/list-members.ts';
import { listRemoved } from '../../../src/membership/members/list-removed.ts';
import { moveMembers, prepareMove } from '../../../src/membership/members/move-members.ts';
import { prepareRemoval, removeMembers } from '../../../src/membership/members/remove-members.ts';
import { type CardActions, showMember } from '../../../src/membership/members/show-member.ts';
import { prepareTransfer, transferOwnership } from '../../../src/membership/members/transfer-ownership.ts';
import {
  createOrganization,
  prepareOrganization,
} from '../../../src/membership/organizations/create-organization.ts';
import { listOrganizations } from '../../../src/membership/organizations/list-organizations.ts';
import { renameOrganization } from '../../../src/membership/organizations/rename-organization.ts';
import { changeSettings, showSettings } from '../../../src/membership/organizations/settings.ts';
import { keepMatching } from '../../../src/membership/selection/keep-selection.ts';
import { createPeople, emailOf, type People } from '../people.ts';
import { assemble, type Everybody, inCell, type Target } from './cells.ts';
import {
  type ActorKind,
  answerAtHome,
  answerElsewhere,
  answerInForeign,
  answerToAccountRole,
  answerToCreation,
  answerToDetails,
  answerToLeaving,
  answerToLicense,
  answerToLooking,
  answerToMove,
  answerToRemoval,
  answerToRole,
  answerToTransfer,
  type RoleName,
  type TargetKind,
} from './product.ts';

let people: People;
let everybody: Everybody;
let cells = 0;

beforeAll(async () => {
  people = await createPeople();
  everybody = await assemble(people);
});

afterAll(() => people.stop());

interface OnSomebody {
  name: string;
  expected(actor: ActorKind, target: TargetKind): string;
  act(context: Context, target: Target): Promise<unknown>;
}

const roles = { Admin: 'admin', 'Billing Manager': 'billing-manager', User: 'user' } as const;
const names = Object.keys(roles) as (keyof typeof roles)[];
const accountRoles = ['account-admin', 'user'] as const;
const ids = ({ member }: Target) => ({ memberIds: [member.id] });

const toRisk = (role: keyof typeof roles) => ({ organizationId: everybody.risk.id, role: roles[role] });

const onSomebody: OnSomebody[] = [
  ...names.flatMap((role): OnSomebody[] => [
    {
      name: `preview making ${role}`,
      expected: answerToRole(role),
      act: (context, target) => prepareRoleChange(context, { ...ids(target), role: roles[role] }),
    },
    {
      name: `make ${role}`,
      expected: answerToRole(role),
      act: (context, target) => changeRoles(context, { ...ids(target), role: roles[role] }),
    },
  ]),
  ...accountRoles.flatMap((accountRole): OnSomebody[] => [
    {
      name: `preview making ${accountRole} of the account`,
      expected: answerToAccountRole,
      act: (context, target) => prepareAccountRoleChange(context, { ...ids(target), accountRole }),
    },
    {
      name: `make ${accountRole} of the account`,
      expected: answerToAccountRole,
      act: (context, target) => changeAccountRoles(context, { ...ids(target), accountRole }),
    },
  ]),
  {
    name: 'preview removing',
    expected: answerToRemoval,
    act: (context, target) => prepareRemoval(context, ids(target)),
  },
  {
    name: 'remove',
    expected: answerToRemoval,
    act: (context, target) => removeMembers(context, ids(target)),
  },
  {
    name: 'open the transfer to',
    expected: answerToTransfer,
    act: (context, { member }) => prepareTransfer(context, { memberId: member.id }),
  },
  {
    name: 'transfer to',
    expected: answerToTransfer,
    act: (context, { member }) => transferOwnership(context, { memberId: member.id, email: member.email }),
  },
  ...(['User', 'Admin'] as const).flatMap((role): OnSomebody[] => [
    {
      name: `preview moving as ${role}`,
      expected: answerToMove(role),
      act: (context, target) => prepareMove(context, { ...ids(target), ...toRisk(role) }),
    },
    {
      name: `move as ${role}`,
      expected: answerToMove(role),
      act: (context, target) => moveMembers(context, { ...ids(target), ...toRisk(role) }),
    },
  ]),
  {
    name: 'preview an organization of',
    expected: answerToCreation,
    act: (context, { member }) => prepareOrganization(context, { name: 'Sales', ownerId: member.id }),
  },
  {
    name: 'create an organization of',
    expected: answerToCreation,
    act: (context, { member }) => createOrganization(context, { name: 'Sales', ownerId: member.id }),
  },
  {
    name: 'assign a licence to',
    expected: answerToLicense,
    act: (context, target) => assignLicenses(context, { ...ids(target), productId: everybody.free }),
  },
  {
    name: 'take a licence back from',
    expected: answerToLicense,
    act: (context, target) => takeBackLicenses(context, { ...ids(target), productId: everybody.held }),
  },
  {
    name: 'look at the licences of',
    expected: answerToLicense,
    act: (context, { member }) => showLicenses(context, { memberId: member.id }),
  },
  {
    name: 'note the details of',
    expected: answerToDetails,
    act: (context, { member }) =>
      editDetails(context, {
        memberId: member.id,
        phone: '+34 600 123',
        whereToReach: '',
        employedSince: '',
      }),
  },
  {
    name: 'open the details of',
    expected: answerToDetails,
    act: (context, { member }) => findDetails(context, { memberId: member.id }),
  },
  {
    name: 'look at',
    expected: answerToLooking,
    act: (context, { member }) => showMember(context, { memberId: member.id }),
  },
];

const groupsRow = 'create, rename, archive teams and projects; people there';
const page = { size: 5 };
const seats = () => ({ productId: everybody.free, total: 7 });
const invite = (context: Context, role: (typeof roles)[keyof typeof roles]) =>
  inviteMembers(context, { emails: [emailOf('Ivo')], role });

const atHome: [string, (actor: ActorKind) => string, (context: Context) => Promise<unknown>][] = [
  ...(['Billing Manager', 'User'] as const).map((role): (typeof atHome)[number] => [
    `invite as ${role}`,
    (actor) => answerAtHome('invite as User or Billing Manager', actor),
    (context) => invite(context, roles[role]),
  ]),
  [
    'invite as Admin',
    (actor) => answerAtHome('invite as Admin', actor),
    (context) => invite(context, 'admin'),
  ],
  [
    'see pending',
    (actor) => answerAtHome('see, search, resend, revoke, copy link of pending', actor),
    (context) => listInvitations(context, page),
  ],
  [
    'see members',
    (actor) => answerAtHome('see and search active and removed members', actor),
    (context) => listMembers(context, page),
  ],
  [
    'see removed',
    (actor) => answerAtHome('see and search active and removed members', actor),
    (context) => listRemoved(context, page),
  ],
  [
    'export members',
    (actor) => answerAtHome('export', actor),
    (context) => requestExport(context, { content: 'members' }),
  ],
  [
    'export the audit log',
    (actor) => answerAtHome('read the audit log', actor),
    (context) => requestExport(context, { content: 'audit' }),
  ],
  ['see Account Admins', (actor) => answerAtHome('account roles', actor), listAccountAdmins],
  [
    'open the transfer',
    (actor) => answerAtHome('transfer the ownership of the organization', actor),
    (context) => prepareTransfer(context, {}),
  ],
  [
    'invite with a licence',
    (actor) => answerAtHome('invite as User or Billing Manager', actor),
    (context) =>
      reviewInvitations(context, {
        entries: [{ kind: 'address', email: emailOf('Ivo'), text: 'ivo' }],
        ...{ role: 'user', licenses: [{ product: 'KSE' }] },
      }),
  ],
  [
    'see the organizations',
    (actor) => answerAtHome('create and rename organizations', actor),
    (context) => listOrganizations(context, page),
  ],
  [
    'rename the organization',
    (actor) => answerAtHome('create and rename organizations', actor),
    (context) => renameOrganization(context, { name: 'Paying' }),
  ],
  [
    'see licence pools',
    (actor) => answerAtHome('see licence pools and who holds what', actor),
    (context) => listPools(context, page),
  ],
  [
    'see seats to give',
    (actor) => answerAtHome('assign, change source of, take back a licence', actor),
    listSources,
  ],
  [
    'see whose seats to set',
    (actor) => answerAtHome("set a pool's total, dedicate seats", actor),
    (context) => listSeatTargets(context, {}),
  ],
  [
    'dedicate seats to the own organization',
    (actor) => answerAtHome("set a pool's total, dedicate seats", actor),
    (context) => setSeats(context, { ...seats(), organizationId: everybody.home.id }),
  ],
  [
    'dedicate seats to another organization',
    (actor) => answerElsewhere("set a pool's total, dedicate seats", actor),
    (context) => setSeats(context, { ...seats(), organizationId: everybody.risk.id }),
  ],
  [
    'set the seats of the account',
    (actor) => answerAtHome("the account's totals, edit the product catalogue", actor),
    (context) => setSeats(context, { ...seats(), organizationId: null }),
  ],
  [
    'add a product',
    (actor) => answerAtHome("the account's totals, edit the product catalogue", actor),
    (context) => addProduct(context, { product: 'KSX', kind: 'per-seat' }),
  ],
  [
    'rename a product',
    (actor) => answerAtHome("the account's totals, edit the product catalogue", actor),
    (context) => renameProduct(context, { productId: everybody.free, product: 'KSX' }),
  ],
  [
    'retire a product',
    (actor) => answerAtHome("the account's totals, edit the product catalogue", actor),
    (context) => retireProduct(context, { productId: everybody.free, retired: true }),
  ],
  [
    'see the catalogue',
    (actor) => answerAtHome("the account's totals, edit the product catalogue", actor),
    listProducts,
  ],
  ...groupKinds.flatMap((kind, at): (typeof atHome)[number][] => [
    [
      `create a ${kind}`,
      (actor) => answerAtHome(groupsRow, actor),
      (context) => createGroup(context, { kind, name: 'New' }),
    ],
    [
      `create a ${kind} next door`,
      (actor) => answerElsewhere(groupsRow, actor),
      (context) => createGroup({ ...context, organizationId: everybody.risk.id }, { kind, name: 'New' }),
    ],
    ...(['home', 'risk'] as const).flatMap((place): (typeof atHome)[number][] => {
      const groupId = () => everybody.groups[place][at] ?? 'tea_';
      const answer = (actor: ActorKind) => answerToGroup(place, actor);
      const whom = () => ({ groupId: groupId(), memberIds: [everybody.groupable[place].id] });
      return [
        [
          `rename a ${kind}, ${place}`,
          answer,
          (context) => renameGroup(context, { groupId: groupId(), name: 'B' }),
        ],
        [`archive a ${kind}, ${place}`, answer, (context) => archiveGroup(context, { groupId: groupId() })],
        [
          `see who is in a ${kind}, ${place}`,
          answer,
          (context) => showGroup(context, { groupId: groupId(), ...page }),
        ],
        [`add to a ${kind}, ${place}`, answer, (context) => addToGroup(context, whom())],
      ];
    }),
  ]),
  [
    'see the settings',
    (actor) => answerAtHome('see and change the settings', actor),
    (context) => showSettings(context),
  ],
  [
    'change the settings',
    (actor) => answerAtHome('see and change the settings', actor),
    (context) =>
      changeSettings(context, { linkLifetime: 60, remindersBeforeEnd: [], quietFrom: 0, quietUntil: 0 }),
  ],
  ...(
    [
      ['know whether they may choose the channel', prepareChannel],
      ['choose the channel', (context) => setChannel(context, { channelId: 'C1', name: '#payments' })],
      ['turn the channel off', turnChannelOff],
    ] as [string, (context: Context) => Promise<unknown>][]
  ).map(([what, act]): (typeof atHome)[number] => [
    what,
    (actor) => answerAtHome('see and change the settings', actor),
    act,
  ]),
  [
    'read the audit log',
    (actor) => answerAtHome('read the audit log', actor),
    (context) => listEvents(context, page),
  ],
  ['prepare to leave', answerToLeaving, prepareLeaving],
  ['leave', answerToLeaving, leaveOrganization],
];

/** Of a team or project that is not theirs, and that they are not in, nobody is told that it exists. */
function answerToGroup(place: 'home' | 'risk', actor: ActorKind): string {
  const answer = place === 'home' ? answerAtHome(groupsRow, actor) : answerElsewhere(groupsRow, actor);
  return answer === 'not-allowed' ? 'group-not-found' : answer;
}
/** What is about the organization that is named, with its row of PRODUCT.md. */
const inNamed: [string, string, (context: Context) => Promise<unknown>][] = [
  ['invite as User', 'invite as User or Billing Manager', (context) => invite(context, 'user')],
  ['invite as Admin', 'invite as Admin', (context) => invite(context, 'admin')],
  [
    'review',
    'invite as User or Billing Manager',
    (context) =>
      reviewInvitations(context, {
        ...{ entries: [{ kind: 'address', email: emailOf('Ivo'), text: 'ivo' }], role: 'user' },
        licenses: [{ product: 'KSE' }],
      }),
  ],
  [
    'see pending',
    'see, search, resend, revoke, copy link of pending',
    (context) => listInvitations(context, page),
  ],
  ['see members', 'see and search active and removed members', (context) => listMembers(context, page)],
  ['see removed', 'see and search active and removed members', (context) => listRemoved(context, page)],
  ['rename', 'create and rename organizations', (context) => renameOrganization(context, { name: 'Sales' })],
  ['see pools', 'see licence pools and who holds what', (context) => listPools(context, page)],
  ['see seats to give', 'assign, change source of, take back a licence', listSources],
  ['see whose seats to set', "set a pool's total, dedicate seats", (context) => listSeatTargets(context, {})],
  ['read the audit log', 'read the audit log', (context) => listEvents(context, page)],
  [
    'choose everybody a search finds',
    'see and search active and removed members',
    (context) => keepMatching(context, { list: 'members', search: 'role:admin' }),
  ],
];

/** What is about the actor's home, whatever is named. */
const onlyAtHome: typeof atHome = [
  ['prepare to leave', answerToLeaving, prepareLeaving],
  ['leave', answerToLeaving, leaveOrganization],
  [
    'open the transfer',
    (actor) => answerAtHome('transfer the ownership of the organization', actor),
    (context) => prepareTransfer(context, {}),
  ],
];

const actorNames = [
  ...['Owner', 'Admin', 'Billing Manager', 'User'].flatMap((role) => [role, `Account Admin being ${role}`]),
  ...['somebody removed', 'a stranger'],
];

function actorNamed(name: string) {
  const actor = everybody.actors.find((one) => one.name === name);
  if (!actor) throw new Error(`Nobody is ${name}.`);
  return actor;
}

test.each(actorNames)('%s may do exactly what PRODUCT.md says, with everybody', async (name) => {
  const actor = actorNamed(name);
  const wrong: string[] = [];
  for (const target of everybody.targetsOf(actor)) {
    const whom = `${target.accountAdmin ? 'Account Admin being ' : ''}${target.role}, ${target.place}`;
    await inCell(people, actor, target, async (attempt) => {
      for (const operation of onSomebody) {
        const answer = await attempt((context) => operation.act(context, target));
        const expected = operation.expected(actor, target);
        cells += 1;
        if (answer !== expected) wrong.push(`${operation.name} ${whom}: ${answer}, not ${expected}`);
      }
    });
  }
  expect(wrong).toEqual([]);
});

test.each(actorNames)('%s may do exactly what PRODUCT.md says, at home', async (name) => {
  const actor = actorNamed(name);
  const wrong: string[] = [];
  await inCell(people, actor, undefined, async (attempt) => {
    for (const [what, expected, act] of atHome) {
      const answer = await attempt(act);
      cells += 1;
      if (answer !== expected(actor)) wrong.push(`${what}: ${answer}, not ${expected(actor)}`);
    }
  });
  expect(wrong).toEqual([]);
});

test.each(actorNames)(
  '%s may do exactly what PRODUCT.md says, in another organization that they name',
  async (name) => {
    const actor = actorNamed(name);
    const wrong: string[] = [];
    await inCell(people, actor, undefined, async (attempt) => {
      for (const [what, row, act] of inNamed) {
        for (const [where, expected] of [
          [everybody.risk.id, answerElsewhere(row, actor)],
          [everybody.home.id, answerAtHome(row, actor)],
          [everybody.foreign.id, answerInForeign(actor)],
        ] as const) {
          const answer = await attempt((context) => act({ ...context, organizationId: where }));
          cells += 1;
          if (answer !== expected) wrong.push(`${what}: ${answer}, not ${expected}`);
        }
      }
      for (const [what, expected, act] of onlyAtHome) {
        const answer = await attempt((context) => act({ ...context, organizationId: everybody.risk.id }));
        cells += 1;
        if (answer !== expected(actor)) wrong.push(`${what}: ${answer}, not ${expected(actor)}`);
      }
    });
    expect(wrong).toEqual([]);
  },
);

test.each(actorNames)('the cards that %s sees offer exactly what they may do', async (name) => {
  const actor = actorNamed(name);
  const wrong: string[] = [];
  for (const target of everybody.targetsOf(actor)) {
    if (answerToLooking(actor, target) !== 'done') continue;
    await inCell(people, actor, target, async (attempt) => {
      await attempt(async (context) => {
        const { actions } = await showMember(context, { memberId: target.member.id });
        const expected = offeredOn(actor, target);
        cells += 1;
        const [shown, wanted] = [actions, expected].map((one) =>
          JSON.stringify(one, Object.keys(expected).sort()),
        );
        if (shown !== wanted) wrong.push(`${target.role}, ${target.place}: ${shown}, not ${wanted}`);
      });
    });
  }
  expect(wrong).toEqual([]);
});

function offeredOn(actor: ActorKind, target: TargetKind): CardActions {
  const others = names.filter((role) => role !== (target.role as RoleName));
  const answer = target.place === 'other organization' ? answerElsewhere : answerAtHome;
  const mayInvite = answer('invite as User or Billing Manager', actor) === 'done';
  return {
    roles: others.filter((role) => answerToRole(role)(actor, target) === 'done').map((role) => roles[role]),
    ...(answerToAccountRole(actor, target) === 'done'
      ? { accountRole: target.accountAdmin ? 'user' : 'account-admin' }
      : {}),
    transfer: answerToTransfer(actor, target) === 'done',
    details: answerToDetails(actor, target) === 'done',
    remove: answerToRemoval(actor, target) === 'done',
    move: ['done', 'is-there-already'].includes(answerToMove('User')(actor, target)),
    licenses: answerToLicense(actor, target) === 'done',
    groups:
      target.role !== 'removed' &&
      target.role !== 'Billing Manager' &&
      answerAtHome(groupsRow, actor) === 'done',
    inviteBack: target.role === 'removed' && mayInvite,
    leave: target.place === 'self' && answerToLeaving(actor) === 'done',
  };
}

test('these were more than three thousand cells', () => {
  expect(cells).toBeGreaterThan(3_000);
});
