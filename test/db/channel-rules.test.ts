import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPeople, type People, type TestOrganization } from '../membership/people.ts';
import { brokenBy, type Write } from '../membership/rule-breaking.ts';

let people: People;
let payments: TestOrganization;
let foreign: TestOrganization;
let invitationId: string;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp('Payments');
  foreign = await people.setUp('Foreign');
  invitationId = (await payments.invite(payments.stranger('Ana'))).invitationId;
});

afterAll(() => people.stop());

type Row = Record<string, unknown>;

const put =
  (...rows: [table: string, row: Row][]): Write =>
  async (tx) => {
    for (const [table, row] of rows) {
      await tx`insert into ${tx(table)} ${tx(row as Record<string, string>)}`;
    }
  };

const channel = (more: Row = {}): [string, Row] => [
  'organization_channel',
  {
    ...{ organization_id: payments.id, account_id: payments.accountId, platform: 'slack' },
    ...{ workspace_id: payments.workspaceId, channel_id: 'C1', name: '#payments', time_zone: 'UTC' },
    ...{ set_by: payments.owner.id, digest_at: '2026-11-23' },
    ...more,
  },
];
const news = (more: Row): [string, Row] => [
  'channel_news',
  { organization_id: payments.id, member_id: payments.owner.id, what: 'joined', ...more },
];
const notice = (more: Row = {}): [string, Row] => [
  'channel_notice',
  { id: 'not_1', organization_id: payments.id, kind: 'digest', week: '2026-11-23', ...more },
];
const line = (more: Row = {}): [string, Row] => [
  'channel_notice_line',
  { notice_id: 'not_1', invitation_id: invitationId, generation: 1, ...more },
];

const broken: [rule: string, how: string, write: () => Write][] = [
  ['one_channel_per_organization', 'a second one', () => put(channel(), channel({ channel_id: 'C2' }))],
  [
    'channel_of_an_organization_in_the_account',
    'an organization of another account',
    () => put(channel({ organization_id: foreign.id })),
  ],
  [
    'channel_in_a_connected_workspace_of_the_account',
    'a workspace of another account',
    () => put(channel({ workspace_id: foreign.workspaceId })),
  ],
  [
    'channel_was_chosen_by_a_member_of_the_account',
    'somebody of another account',
    () => put(channel({ set_by: foreign.owner.id })),
  ],
  ['channel_platform_is_known', 'another', () => put(channel({ platform: 'irc' }))],
  ['news_of_an_organization', 'one that is not there', () => put(news({ organization_id: 'org_nobody' }))],
  ['news_about_a_member', 'nobody', () => put(news({ member_id: 'mem_nobody' }))],
  ['news_are_known', 'gossip', () => put(news({ what: 'gossip' }))],
  [
    'notice_of_an_organization',
    'one that is not there',
    () => put(notice({ organization_id: 'org_nobody' })),
  ],
  ['notice_kind_is_known', 'another', () => put(notice({ kind: 'advert', week: null }))],
  ['a_digest_has_its_week', 'none', () => put(notice({ week: null }))],
  ['a_digest_has_its_week', 'a warning that has one', () => put(notice({ kind: 'expiring' }))],
  ['one_digest_per_organization_and_week', 'a second one', () => put(notice(), notice({ id: 'not_2' }))],
  ['one_line_per_invitation', 'a second one', () => put(notice(), line(), line())],
  ['line_of_a_notice', 'one that is not there', () => put(line())],
  [
    'line_about_an_invitation',
    'one that is not there',
    () => put(notice(), line({ invitation_id: 'inv_nobody' })),
  ],
];

test.each(broken)('the database keeps %s against %s', async (rule, _, write) => {
  expect(await brokenBy(people.sql, write())).toBe(rule);
});

test('and every rule on channels it has a name for is one of these', async () => {
  const tables = ['organization_channel', 'channel_news', 'channel_notice', 'channel_notice_line'];
  const named = await people.sql`
    select conname as name from pg_constraint
    where connamespace = 'public'::regnamespace and contype in ('c', 'f', 'u', 'p', 'x')
      and conrelid::regclass::text = any(${tables})
    union select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indisunique and c.relnamespace = 'public'::regnamespace and i.indrelid::regclass::text = any(${tables})`;
  const rules = named.map(({ name }) => name).filter((name) => !/_pkey$/.test(name));
  expect(rules.sort()).toEqual([...new Set(broken.map(([rule]) => rule))].sort());
});
