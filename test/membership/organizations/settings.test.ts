import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Settings } from '../../../src/membership/events.ts';
import { reminderSets, remindersOfSet } from '../../../src/membership/organizations/reminder-sets.ts';
import { changeSettings, showSettings } from '../../../src/membership/organizations/settings.ts';
import { createPeople, type People, type TestOrganization } from '../people.ts';

const usual: Settings = {
  linkLifetime: 1440,
  remindersBeforeEnd: [720, 180],
  quietFrom: 21,
  quietUntil: 8,
};
const hasty: Settings = { linkLifetime: 60, remindersBeforeEnd: [30], quietFrom: 22, quietUntil: 22 };

let people: People;
let payments: TestOrganization;

beforeAll(async () => {
  people = await createPeople({ max: 10 });
  payments = await people.setUp();
});

afterAll(() => people.stop());

const auditRows = () => people.sql`
  select data, actor_member_id as actor from audit_event
  where action = 'organization.settings-changed' and refusal is null order by id`;

async function linkOf(name: string) {
  const { invitationId } = await payments.invite(payments.stranger(name));
  const [row] = await people.sql`
    select (extract(epoch from expires_at - sent_at) / 60)::int as life,
      array(select (extract(epoch from expires_at - r) / 60)::int from unnest(reminders) as r) as reminders
    from invitation where id = ${invitationId}`;
  return { row, invitationId };
}

test('until somebody changes them, the settings are the usual ones', async () => {
  const { organization, settings } = await showSettings(payments.owner.context);
  expect({ organization, settings }).toEqual({ organization: 'Payments', settings: usual });
});

test('new settings are for links made from then on, with one audit row that says from what to what', async () => {
  const { row: before, invitationId } = await linkOf('Early');
  expect(before).toEqual({ life: 1440, reminders: [720, 180] });
  const { settings } = await changeSettings(payments.owner.context, hasty);
  expect(settings).toEqual(hasty);
  expect((await linkOf('Late')).row).toEqual({ life: 60, reminders: [30] });
  const [early] = await people.sql`
    select (extract(epoch from expires_at - sent_at) / 60)::int as life from invitation where id = ${invitationId}`;
  expect(early).toEqual({ life: 1440 });
  await changeSettings(payments.owner.context, hasty);
  expect(await auditRows()).toEqual([
    { actor: payments.owner.id, data: expect.objectContaining({ from: usual, to: hasty }) },
  ]);
});

test.each<[string, Partial<Settings>]>([
  ['14 minutes', { linkLifetime: 14, remindersBeforeEnd: [] }],
  ['30 days and a minute', { linkLifetime: 43_201 }],
  ['no number', { linkLifetime: Number.NaN }],
  ['half a minute', { linkLifetime: 60.5 }],
  ['four reminders', { remindersBeforeEnd: [4, 3, 2, 1] }],
  ['a reminder before the link is made', { remindersBeforeEnd: [60] }],
  ['a reminder at the end', { remindersBeforeEnd: [0] }],
  ['an hour no day has', { quietFrom: 24 }],
  ['an hour before the day', { quietUntil: -1 }],
])('%s: refused, and nothing is changed', async (_, wrong) => {
  const before = await showSettings(payments.owner.context);
  const attempt = async () => changeSettings(payments.owner.context, { ...hasty, ...wrong });
  await expect(attempt()).rejects.toMatchObject({ code: 'settings-not-possible' });
  expect(await showSettings(payments.owner.context)).toEqual(before);
});

test('every usual choice of reminders is possible for the shortest and the longest link', async () => {
  for (const linkLifetime of [15, 43_200]) {
    for (const set of reminderSets) {
      const remindersBeforeEnd = remindersOfSet(set, linkLifetime);
      expect(remindersBeforeEnd).toHaveLength(reminderSets.indexOf(set));
      await changeSettings(payments.owner.context, { ...hasty, linkLifetime, remindersBeforeEnd });
    }
  }
  expect(remindersOfSet('two', 1440)).toEqual(usual.remindersBeforeEnd);
});

test('of eight who change them at once each leaves a row from what the one before had made', async () => {
  await changeSettings(payments.owner.context, usual);
  const before = (await auditRows()).length;
  const hours = [1, 2, 3, 4, 5, 6, 7, 9];
  await Promise.all(
    hours.map((quietUntil) => changeSettings(payments.owner.context, { ...usual, quietUntil })),
  );
  const rows = (await auditRows()).slice(before).map(({ data }) => data);
  expect(rows).toHaveLength(8);
  const froms = rows.map(({ from }) => from.quietUntil).sort();
  const tos = rows.map(({ to }) => to.quietUntil);
  const last = (await showSettings(payments.owner.context)).settings.quietUntil;
  expect([...froms, last].sort()).toEqual([...tos, 8].sort());
});
