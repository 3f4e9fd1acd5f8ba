import { afterAll, beforeAll, expect, test } from 'vitest';
import { editDetails, findDetails } from '../../../src/membership/members/edit-details.ts';
import { notePresence } from '../../../src/membership/members/note-presence.ts';
import { showMember } from '../../../src/membership/members/show-member.ts';
import { answerTo } from '../answers.ts';
import { createPeople, type People, type TestMember, type TestOrganization } from '../people.ts';

let people: People;
let payments: TestOrganization;
let ana: TestMember;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp();
  ana = await payments.add('Ana');
});

afterAll(() => people.stop());

const none = { phone: '', whereToReach: '', employedSince: '' };
const edit = (details: Partial<typeof none>) =>
  editDetails(payments.owner.context, { memberId: ana.id, ...none, ...details });

async function changes() {
  const rows = await people.sql`
    select data -> 'to' as noted from audit_event where action = 'member.details-changed' and refusal is null order by at`;
  return rows.map(({ noted }) => noted);
}

test('what is noted stands on the card, one audit row a change, and nothing changes nothing', async () => {
  const noted = { phone: '+34 600 123 456', whereToReach: 'Madrid, 3rd floor', employedSince: '2024-02-29' };
  await edit(noted);
  await edit(noted);
  expect((await showMember(payments.owner.context, { memberId: ana.id })).details).toEqual(noted);
  expect((await findDetails(payments.owner.context, { memberId: ana.id })).details).toEqual(noted);
  await edit({ phone: ' +34 600 123 456 ', employedSince: '2024-02-29' });
  expect(await changes()).toEqual([noted, { ...noted, whereToReach: null }]);
});

test.each([
  ['phone', 'call me'],
  ['phone', '12'],
  ['phone', '='.repeat(10)],
  ['phone', '1'.repeat(41)],
  ['employedSince', '2023-02-29'],
  ['employedSince', '2026-13-01'],
  ['employedSince', '21.11.2026'],
  ['employedSince', '1949-12-31'],
  ['employedSince', '9999-01-01'],
  ['employedSince', '2026-11-21; drop table member'],
] as const)('a %s like "%s" is refused', async (field, value) => {
  expect(await answerTo(() => edit({ [field]: value }))).toBe('details-not-usable');
});

test('what the chat profile says is taken over once a day, when somebody uses usher', async () => {
  const says = (fullName: string, more = {}) =>
    notePresence({ db: people.db, actor: { ...ana.context.actor, fullName, ...more } });
  const card = () => showMember(payments.owner.context, { memberId: ana.id });
  const later = (span: string) => people.sql`
    update member set last_access_at = now() - ${span}::interval, profile_read_at = now() - ${span}::interval
    where id = ${ana.id}`;
  // Joining has taken it over, too.
  expect(await card()).toMatchObject({ timeZone: ana.context.actor.timeZone });
  await later('25 hours');
  await says('Ana Ruiz', { timeZone: 'Asia/Kolkata', pictureUrl: 'https://pictures.example/ana.png' });
  expect(await card()).toMatchObject({
    ...{ member: { fullName: 'Ana Ruiz' }, timeZone: 'Asia/Kolkata' },
    picture: 'https://pictures.example/ana.png',
  });
  await later('23 hours');
  await says('Ana Maria');
  expect((await card()).member.fullName).toBe('Ana Ruiz');
  await later('25 hours');
  await says('Ana Maria');
  expect(await card()).toMatchObject({
    ...{ member: { fullName: 'Ana Maria' }, picture: 'https://pictures.example/ana.png' },
  });
});
