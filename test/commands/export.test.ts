import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../db/id.ts';
import type { ShownIn } from '../../sandbox/chat.ts';
import { pressForged } from '../adapters/slack/forge.ts';
import { everythingSaid } from '../adapters/slack/state.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';
import { createPeopledWorld, type PeopledWorld } from './peopled-world.ts';

let world: PeopledWorld;
/** The same in Teams, for the last two tests. */
let tenant: TestWorld<ShownIn['teams']>;
beforeAll(async () => {
  world = await createPeopledWorld();
}, 30_000);
afterAll(async () => {
  await world?.stop();
  await tenant?.stop();
});

const columns =
  'status,full_name,email,account_role,organization,organization_role,teams,projects,licenses,joined_at,last_access_at,invited_by,removed_at,removed_by,reason';
const moment = String.raw`"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"`;

const filesOf = (who: string) => world.messages(who).flatMap(({ files = [] }) => files);

test('the members, the removed ones last, come as a file that Excel reads, and nobody else sees it', async () => {
  const { asks, presses, sees, db } = world;
  const review = await asks('olivia', 'remove anas@acme.test', 'Remove Ana Silva?');
  await presses('olivia', review, 'Remove', 'Removed 1 person.');
  const list = await asks('adam', 'members', 'Members of Payments');
  await presses('adam', list, 'Export', 'The export of the members of Payments has begun');
  const end = await sees('adam', 'Your export has 6 people; the file is here');
  expect(textOf(end)).not.toContain('[Cancel]');

  const [file, ...more] = filesOf('adam');
  expect(more).toEqual([]);
  expect(file?.name).toMatch(/^members-\d{4}-\d\d-\d\d\.csv$/);
  const response = await fetch(file?.url ?? '');
  const text = Buffer.from(await response.arrayBuffer()).toString();
  const [header, ...rows] = text.split('\r\n');
  expect(header).toBe(`\uFEFF${columns.replace(/\w+/g, '"$&"')}`);
  expect(rows.map((row) => row.split(',').slice(0, 3).join())).toEqual([
    '"Active","Adam Berg","adam@acme.test"',
    '"Active","Ana Ruiz","ana@acme.test"',
    '"Active","Bill Ing","bill@acme.test"',
    '"Active","Mia Chen","mia@acme.test"',
    '"Active","Olivia Okafor","olivia@acme.test"',
    '"Removed","Ana Silva","anas@acme.test"',
    '',
  ]);
  expect(rows.at(-2)).toMatch(
    new RegExp(
      `^"Removed","Ana Silva","anas@acme.test","User","Payments","User","","","",${moment},${moment},` +
        `"olivia@acme.test",${moment},"olivia@acme.test","removed"$`,
    ),
  );
  await everythingSaid(db);
  for (const who of ['olivia', 'mia', 'bill']) expect(filesOf(who)).toEqual([]);
  const audited = await db.execute(sql`
    select e.action, m.email, e.data ->> 'rows' as rows from audit_event e join member m on m.id = e.actor_member_id
    where e.action like 'export.%' order by e.id`);
  expect([...audited]).toEqual([
    { action: 'export.requested', email: 'adam@acme.test', rows: null },
    { action: 'export.sent', email: 'adam@acme.test', rows: '6' },
  ]);
});

test('whoever may not see the members gets no file, and hears who can', async () => {
  for (const who of ['mia', 'bill']) {
    const said = await world.asks(who, 'export', 'does not let you export members');
    expect(textOf(said)).toContain('Olivia Okafor or Adam Berg can do it.');
    expect(textOf(await world.asks(who, 'help', 'What you can do'))).not.toContain('/usher export');
  }
});

test('words it does not take, and an organization there is not, begin no export of everybody', async () => {
  const before = await exportsIn();
  await world.asks('olivia', 'export mia', 'usher does not know “export mia”');
  await world.asks('olivia', 'export in Rsik', 'There is no organization called “Rsik”');
  expect(await exportsIn()).toBe(before);
});

async function exportsIn(): Promise<unknown> {
  const [row] = await world.db.execute(sql`select count(*)::int as rows from export_request`);
  return row?.rows;
}

test('Cancel stops it: the message says so, stays so, and no file comes', async () => {
  const { asks, sees, slack, db } = world;
  const before = filesOf('olivia').length;
  // Slack takes no bytes for a while, so that there is time to press.
  slack.fail('files.getUploadURLExternal', { status: 500 });
  await asks('olivia', 'export', 'The export of the members of all organizations has begun');
  await slack.until(
    () => slack.calls.some(({ method, status }) => method.startsWith('files.getUpload') && status === 500),
    'the upload has failed once',
  );
  await asks('olivia', 'export', 'usher is making a file for you already.');
  await slack.press('olivia', await sees('olivia', 'Your export begins …'), 'Cancel');
  const end = await sees('olivia', 'The export was cancelled. You get no file.');
  await everythingSaid(db);
  expect(textOf(world.messages('olivia').find(({ ts }) => ts === end.ts) ?? end)).toContain('cancelled');
  expect(filesOf('olivia')).toHaveLength(before);
});

test("somebody else's export cannot be cancelled, and one that is over neither", async () => {
  const { told, db } = world;
  const exports = await db.execute<{ id: string; email: string }>(sql`
    select e.id, m.email from export_request e join member m on m.id = e.member_id order by e.id`);
  const press = (exportId: string | undefined, words: string) =>
    told('adam', words, () => pressForged(world, 'adam', { do: 'export.cancel', exportId }));
  const of = (email: string) => exports.find((one) => one.email === email)?.id;
  await press(of('olivia@acme.test'), 'There is no such export of yours.');
  await press(newId('exp'), 'There is no such export of yours.');
  await press(of('adam@acme.test'), 'This export is over.');
  await press('exp_nonsense', 'This button does not work any more.');
});

test('in Teams the file is offered, made after Allow, and put where Teams says; Decline makes none', async () => {
  tenant = await createWorld({ in: 'teams' });
  await tenant.setUp();
  const { teams, chat, sees, told } = tenant;
  await chat.command('olivia', 'export');
  const declined = await sees('olivia', '[Allow] [Decline]');
  expect(teams.calls.some(({ method }) => method === 'upload')).toBe(false);
  await told('olivia', 'You declined the file', () => teams.answerOffer('olivia', declined, 'decline'));
  await told('olivia', 'This export is over', () => teams.answerOffer('olivia', declined, 'accept'));

  const offer = await told('olivia', '[Allow]', () => chat.command('olivia', 'export'));
  const end = await told('olivia', 'Your export has 1 person', () =>
    teams.answerOffer('olivia', offer, 'accept'),
  );
  expect(end.id).toBe(offer.id);
  const files = tenant.messages('olivia').flatMap((message) => message.files ?? []);
  expect(files).toHaveLength(1);
  expect(teams.readFile(files[0]?.uniqueId ?? '')?.toString()).toContain(
    '"Active","Olivia Okafor","olivia@acme.test","Account Admin","Payments","Owner"',
  );
  expect(
    await told('olivia', 'This export is over', () => teams.answerOffer('olivia', offer, 'accept')),
  ).toBeDefined();
});

test('an address that is not of the storage of files gets no bytes, and an offer ends after an hour', async () => {
  const { teams, chat, sees, told, db } = tenant;
  const offer = await told('olivia', '[Allow]', () => chat.command('olivia', 'export'));
  const context = offer.files?.[0]?.offer?.context;
  const named = { contentUrl: 'https://x.test/a', uniqueId: 'u', fileType: 'csv', name: 'm.csv' };
  const uploadInfo = { ...named, uploadUrl: `http://127.0.0.1:${tenant.usher.port}/healthz` };
  const value = { type: 'fileUpload', action: 'accept', context, uploadInfo };
  const invoke = { type: 'invoke', name: 'fileConsent/invoke', value, replyToId: offer.id };
  await told('olivia', 'The file could not be sent.', () => teams.activity('olivia', invoke));

  const late = await told('olivia', '[Allow]', () => chat.command('olivia', 'export'));
  await db.execute(sql`update export_request set offer_ends_at = now() where status = 'offered'`);
  const end = await sees('olivia', 'Nobody accepted the file within an hour');
  expect(end.id).toBe(late.id);
});
