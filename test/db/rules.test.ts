import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createPeople,
  type People,
  removeMember,
  type TestMember,
  type TestOrganization,
} from '../membership/people.ts';
import { brokenBy, unusedId, type Write } from '../membership/rule-breaking.ts';

let people: People;
let payments: TestOrganization;
let sister: TestOrganization;
let foreign: TestOrganization;
let ana: TestMember;
let gone: TestMember;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp('Payments');
  sister = await payments.addSister('Risk');
  foreign = await people.setUp('Foreign');
  ana = await payments.add('Ana');
  gone = await payments.add('Gone');
  await removeMember(people, gone);
});

afterAll(() => people.stop());

describe('the database keeps the rule', () => {
  const member = (more: Record<string, string>) => ({
    id: unusedId('mem'),
    account_id: payments.accountId,
    organization_id: payments.id,
    email: `${unusedId('new')}@acme.test`,
    full_name: 'New',
    ...more,
  });
  const invitation = (more: Record<string, unknown>) => ({
    id: unusedId('inv'),
    account_id: payments.accountId,
    organization_id: payments.id,
    email: 'invitee@acme.test',
    role: 'user',
    batch_id: unusedId('bat'),
    invited_by: payments.owner.id,
    expires_at: '2100-01-01',
    reminders: '{}',
    ...more,
  });
  const identity = (more: Record<string, string>) => ({
    platform: 'slack',
    workspace_id: payments.workspaceId,
    user_id: unusedId('U'),
    account_id: payments.accountId,
    member_id: ana.id,
    ...more,
  });
  const workspace = (more: Record<string, string>) => ({
    platform: 'slack',
    external_id: 'T-new',
    account_id: payments.accountId,
    ...more,
  });
  const posted = {
    platform: 'slack',
    workspace_id: 'T1',
    user_id: 'U1',
    channel: 'D1',
    message_id: '1.2',
    topic: 'a topic',
    kind: 'a kind',
  };
  const place = {
    platform: 'teams',
    workspace_id: 'T1',
    conversation_id: 'a:1',
    service_url: 'https://teams.test',
    user_id: 'U1',
  };
  const waiting = { topic: 'a topic', kind: 'a kind' };
  const put =
    (table: string, ...rows: Record<string, unknown>[]): Write =>
    async (tx) => {
      for (const row of rows) await tx`insert into ${tx(table)} ${tx(row as Record<string, string>)}`;
    };
  const change =
    (table: string, values: Record<string, unknown>, id: string): Write =>
    (tx) =>
      tx`update ${tx(table)} set ${tx(values as Record<string, string>)} where id = ${id}`;

  const decided = { status: 'accepted', decided_at: '2026-01-01' };
  const leased = { leased_until: '2100-01-01' };

  const broken: [string, string, () => Write][] = [
    ['one_place_per_conversation', 'a second one', () => put('place', place, { ...place, user_id: 'U2' })],
    ['one_chat_per_person', 'a second one', () => put('place', place, { ...place, conversation_id: 'a:2' })],
    ['place_platform_is_known', 'another', () => put('place', { ...place, platform: 'irc' })],
    ['one_member_per_address', 'a second one', () => put('member', member({ email: ana.email }))],
    [
      'home_organization_is_in_the_account',
      'one of another account',
      () => put('member', member({ organization_id: foreign.id })),
    ],
    [
      'member_role_is_known',
      'Owner, which is no stored role',
      () => put('member', member({ role: 'owner' })),
    ],
    ['member_account_role_is_known', 'another', () => put('member', member({ account_role: 'admin' }))],
    ['member_status_is_known', 'another', () => put('member', member({ status: 'pending' }))],
    [
      'removed_at_a_time_by_somebody_for_a_reason',
      'inactive for no reason',
      () => put('member', member({ status: 'inactive' })),
    ],
    [
      'removed_at_a_time_by_somebody_for_a_reason',
      'removed and active',
      () => change('member', { status: 'active' }, gone.id),
    ],
    ['removal_reason_is_known', 'another', () => change('member', { removal_reason: 'vanished' }, gone.id)],
    [
      'only_who_left_did_it_themselves',
      'left by another hand',
      () => change('member', { removal_reason: 'left' }, gone.id),
    ],
    [
      'only_who_left_did_it_themselves',
      'removed by themselves',
      () => change('member', { removed_by: gone.id }, gone.id),
    ],
    [
      'remover_is_in_the_account',
      'a member of another account',
      () => change('member', { removed_by: foreign.owner.id }, gone.id),
    ],
    [
      'one_member_per_chat_identity',
      'a second one',
      () => put('chat_identity', identity({ user_id: 'U-Ana', member_id: gone.id })),
    ],
    [
      'chat_identity_in_connected_workspace',
      'one nobody has connected',
      () => put('chat_identity', identity({ workspace_id: 'T-nowhere' })),
    ],
    [
      'chat_identity_of_member_in_account',
      'a member of another account',
      () => put('chat_identity', identity({ member_id: foreign.owner.id })),
    ],
    ['one_pending_invitation_per_address', 'two', () => put('invitation', invitation({}), invitation({}))],
    [
      'invitation_to_organization_in_account',
      'one of another account',
      () => put('invitation', invitation({ organization_id: foreign.id })),
    ],
    [
      'inviter_is_in_the_account',
      'a member of another account',
      () => put('invitation', invitation({ invited_by: foreign.owner.id })),
    ],
    ['invitation_role_is_known', 'Owner', () => put('invitation', invitation({ role: 'owner' }))],
    [
      'decided_unless_pending',
      'revoked at no time',
      () => put('invitation', invitation({ status: 'revoked' })),
    ],
    [
      'decided_unless_pending',
      'pending and decided',
      () => put('invitation', invitation({ decided_at: '2026-01-01' })),
    ],
    [
      'invitation_status_is_known',
      'expired, which only the clock says',
      () => put('invitation', invitation({ ...decided, status: 'expired' })),
    ],
    ['invitation_delivery_is_known', 'another', () => put('invitation', invitation({ delivery: 'lost' }))],
    [
      'accepted_invitation_has_its_member',
      'accepted by nobody',
      () => put('invitation', invitation(decided)),
    ],
    [
      'accepted_invitation_has_its_member',
      'pending with a member',
      () => put('invitation', invitation({ member_id: ana.id })),
    ],
    [
      'invitee_became_member_of_the_account',
      'a member of another account',
      () => put('invitation', invitation({ ...decided, member_id: foreign.owner.id })),
    ],
    [
      'at_most_three_reminders_to_come',
      'four',
      () => put('invitation', invitation({ reminders: '{2026-01-01,2026-01-02,2026-01-03,2026-01-04}' })),
    ],
    [
      'organization_name_is_unique_in_account',
      'the name of another',
      () => change('organization', { name: 'Risk' }, payments.id),
    ],
    [
      'organization_names_differ_in_more_than_case',
      'the same in capitals',
      () => change('organization', { name: 'RISK' }, payments.id),
    ],
    [
      'picture_comes_over_https',
      'plain http',
      () => change('member', { picture_url: 'http://pictures.example/1.png' }, payments.owner.id),
    ],
    [
      'details_are_short',
      'a long number',
      () => change('member', { phone: '1'.repeat(41) }, payments.owner.id),
    ],
    [
      'details_are_short',
      'a long place',
      () => change('member', { where_to_reach: 'x'.repeat(201) }, payments.owner.id),
    ],
    [
      'link_lifetime_is_15_minutes_to_30_days',
      'less',
      () => change('organization', { link_lifetime: '14 minutes' }, payments.id),
    ],
    [
      'link_lifetime_is_15_minutes_to_30_days',
      'more',
      () => change('organization', { link_lifetime: '31 days' }, payments.id),
    ],
    [
      'at_most_three_reminders',
      'four',
      () => change('organization', { reminders_before_end: '{4:00,3:00,2:00,1:00}' }, payments.id),
    ],
    [
      'quiet_hours_are_hours_of_the_day',
      'a 25th hour',
      () => change('organization', { quiet_until: 24 }, payments.id),
    ],
    [
      'workspace_belongs_to_one_account',
      'a second one',
      () => put('workspace', workspace({ external_id: payments.workspaceId, account_id: foreign.accountId })),
    ],
    [
      'workspace_belongs_to_an_account',
      'one that is not there',
      () => put('workspace', workspace({ external_id: 'T-new', account_id: 'acc_nobody' })),
    ],
    [
      'organization_belongs_to_an_account',
      'one that is not there',
      () =>
        put('organization', { id: 'org_x', account_id: 'acc_nobody', name: 'X', owner_member_id: 'mem_x' }),
    ],
    [
      'draft_belongs_to_a_member',
      'nobody',
      () => put('draft', { id: 'dra_x', member_id: 'mem_nobody', input: '{}' }),
    ],
    ['workspace_platform_is_known', 'another', () => put('workspace', workspace({ platform: 'irc' }))],
    ['one_unsent_row_per_topic_and_kind', 'two', () => put('outbox', waiting, waiting)],
    [
      'one_delivery_at_a_time_per_topic',
      'two at once',
      () => put('outbox', { ...waiting, ...leased, attempt: 1 }, { ...waiting, ...leased, kind: 'another' }),
    ],
    ['outbox_closed_unless_waiting', 'sent at no time', () => put('outbox', { ...waiting, status: 'sent' })],
    [
      'outbox_closed_unless_waiting',
      'waiting and closed',
      () => put('outbox', { ...waiting, closed_at: '2026-01-01' }),
    ],
    [
      'outbox_status_is_known',
      'another',
      () => put('outbox', { ...waiting, status: 'lost', closed_at: '2026-01-01' }),
    ],
    ['one_row_per_posted_message', 'two', () => put('posted_message', posted, posted)],
    ['one_effect_per_request', 'two', () => put('replay_key', { key: 'a key' }, { key: 'a key' })],
  ];

  test.each(broken)('%s against %s', async (rule, _, write) => {
    expect(await brokenBy(people.sql, write())).toBe(rule);
  });

  test('and every rule it has a name for is one of these', async () => {
    // Those on licences are in license-rules.test.ts, those on teams and projects in group-rules.test.ts,
    // those on channels in channel-rules.test.ts, those on exports in export-rules.test.ts.
    const others = [
      'license_product',
      'license_pool',
      'invitation_license',
      'license_assignment',
      'registered_machine',
      ...['team', 'team_member', 'project', 'project_member', 'invitation_team', 'invitation_project'],
      'organization_channel',
      'channel_news',
      'channel_notice',
      'channel_notice_line',
      'export_request',
    ];
    const named = await people.sql`
      select conname as name from pg_constraint
      where connamespace = 'public'::regnamespace and contype in ('c', 'f', 'u', 'p', 'x')
        and conrelid::regclass::text <> all(${others})
      union select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indisunique and c.relnamespace = 'public'::regnamespace and i.indrelid::regclass::text <> all(${others})`;
    const plain = /_pkey$/;
    // Targets of foreign keys, which add an id to what is unique already.
    const targets = [
      ...['organization_in_account', 'member_in_account', 'owner_is_an_active_member_key'],
      'active_member_in_account_key',
      'workspace_of_account',
    ];
    const rules = named
      .map(({ name }) => name)
      .filter((name) => !plain.test(name) && !targets.includes(name));
    const tested = new Set([...broken.map(([rule]) => rule), 'owner_is_an_active_member']);
    expect(rules.sort()).toEqual([...tested].sort());
  });

  test('one pending invitation per address leaves room for answered ones, and for other organizations', async () => {
    const answered = { status: 'declined', decided_at: '2026-01-01' };
    const several = [answered, answered, {}, { organization_id: sister.id, invited_by: sister.owner.id }];
    expect(await brokenBy(people.sql, put('invitation', ...several.map(invitation)))).toBe('none');
  });

  test('one unsent row per topic and kind leaves room for one that is being sent or was', async () => {
    const sent = { ...waiting, status: 'sent', closed_at: '2026-01-01', attempt: 1 };
    const sending = { ...waiting, attempt: 1, leased_until: '2100-01-01' };
    expect(await brokenBy(people.sql, put('outbox', sent, sent, sending, waiting))).toBe('none');
  });
});

describe('an audit row', () => {
  test.each<[string, Write]>([
    ['is never changed', (tx) => tx`update audit_event set refusal = null`],
    ['is never changed, not even to what it is', (tx) => tx`update audit_event set action = action`],
    ['is never deleted', (tx) => tx`delete from audit_event`],
    ['is never deleted by emptying the table', (tx) => tx`truncate audit_event`],
    ['is never deleted by emptying others', (tx) => tx`truncate account, audit_event cascade`],
  ])('%s', async (_, write) => {
    const [before] =
      await people.sql`select count(*)::int, md5(string_agg(a::text, '' order by id)) from audit_event a`;
    expect(before?.count).toBeGreaterThan(0);
    expect(await brokenBy(people.sql, write)).toBe('audit_event_is_final');
    const [after] =
      await people.sql`select count(*)::int, md5(string_agg(a::text, '' order by id)) from audit_event a`;
    expect(after).toEqual(before);
  });
});
