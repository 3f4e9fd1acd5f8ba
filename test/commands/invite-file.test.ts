import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createCast } from '../../sandbox/cast.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';
import { opens } from './forms.ts';

const people = [
  ...createCast(),
  { name: 'gus', realName: 'Gus Guest', email: 'gus@acme.test', isGuest: true },
  { name: 'gone', realName: 'Gone Girl', email: 'gone@acme.test', deleted: true },
];
const robot = { name: 'robot', realName: 'Robot', email: '', isBot: true };
const stranger = { name: 'stran', realName: 'Stran Ger', email: 's@other.test', teamId: 'T0OTHER' };

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld({ people: [...people, robot, stranger] });
  await world.setUp();
});
afterAll(() => world?.stop());

const table =
  'name,email,role\n"Ruiz, Ana",ana@acme.test,user\nBen,ben@gmail.com,user\nNobody,nobody@,user\n';

/** What usher says once a form with this file, and these words beside it, was sent. */
async function submitFile(name: string, content: Buffer | string, words: string, addresses = '') {
  const { slack, told } = world;
  await opens(world, 'olivia', 'Invite people', () => slack.command('olivia', 'invite'));
  const file = slack.giveFile(name, Buffer.from(content));
  return told('olivia', words, () => slack.submit('olivia', { file, ...(addresses && { addresses }) }));
}

test('in Slack the form takes a file, and its addresses go into the review with the typed ones', async () => {
  const review = await submitFile(
    'people.csv',
    table,
    'Invite 3 people to Payments?',
    'cleo@acme.test, ana@acme.test, @mia',
  );
  expect(textOf(review)).toContain('nobody@\nnot a valid address; it will be left out');
  expect(textOf(review)).toContain('@mia\nusher cannot tell who this is; type the address instead');
  for (const email of ['ana@acme.test', 'ben@gmail.com', 'cleo@acme.test'])
    expect(textOf(review).match(new RegExp(email, 'g'))).toHaveLength(1);
  await world.told('olivia', 'Invited 3 people', () =>
    world.slack.press('olivia', review, 'Send 3 invitations'),
  );
});

test('neither addresses nor a file, a file that is none of text, too big or gone, and one of another kind are refused', async () => {
  const { slack } = world;
  const form = await opens(world, 'olivia', 'Invite people', () => slack.command('olivia', 'invite'));
  await slack.submit('olivia');
  expect(slack.screen('olivia').modal?.errors).toEqual({
    addresses: 'There is no e-mail address in this. Example: ana@acme.com',
  });
  await slack.submit('olivia', { file: slack.giveFile('people.xlsx', Buffer.from('PK')) });
  expect(slack.screen('olivia').modal?.errors).toEqual({ file: 'people.xlsx is not one of: csv, txt.' });
  expect(form.blocks.length).toBeGreaterThan(2);
  await slack.closeModal('olivia');
  await submitFile('people.csv', Buffer.from('504b030414000600', 'hex'), 'it is no text');
  await submitFile('people.csv', Buffer.alloc(2 * 1024 * 1024 + 1, 'a'), 'bigger than the 2 MB');
  await submitFile('people.csv', 'no address at all', 'There is nobody new to invite');
  const many = Array.from({ length: 10_001 }, (_, at) => `p${at}@acme.test`).join('\n');
  await submitFile('people.csv', many, 'That is 10,001 addresses');
});

test('the token of usher goes to Slack alone, whatever the address of the file', async () => {
  const { slack, told } = world;
  let visits = 0;
  const trap = (await import('node:http')).createServer((_request, response) => {
    visits += 1;
    response.end('ana@acme.test');
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void trap.close());
  const { port } = trap.address() as { port: number };
  await opens(world, 'olivia', 'Invite people', () => slack.command('olivia', 'invite'));
  const file = slack.giveFile('people.csv', Buffer.from('ana@acme.test'));
  const body = slack.lastRequest.body;
  expect(body).toBeDefined();
  await told('olivia', 'usher could not fetch this file', async () => {
    const modal = slack.screen('olivia').modal;
    const payload = {
      ...{
        type: 'view_submission',
        team: { id: slack.teamId },
        user: { id: slack.person('olivia').id, team_id: slack.teamId },
      },
      view: {
        ...modal,
        state: {
          values: {
            ...modal?.state.values,
            file: {
              answer: {
                type: 'file_input',
                files: [{ id: file, name: 'p.csv', url_private: `http://127.0.0.1:${port}/files-pri/x` }],
              },
            },
          },
        },
      },
    };
    await slack.send({ body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() });
  });
  expect(visits).toBe(0);
  await slack.closeModal('olivia');
});

test('mentions are resolved, and who cannot be invited has a line that says why', async () => {
  const { slack, told } = world;
  const review = await told('olivia', 'to Payments', () =>
    slack.command('olivia', 'invite @eve, @gus @robot @stran @gone as user'),
  );
  const lines = textOf(review);
  expect(lines).toContain('@gus\ncannot be invited: guests cannot use usher');
  expect(lines).toContain('@robot\ncannot be invited: this is an app, not a person');
  expect(lines).toContain('@stran\ncannot be invited: they belong to another workspace');
  expect(lines).toContain('@gone\ncannot be invited: their account is closed');
});

test('in Teams a file that is sent to usher goes into the review, with the word invite or without any', async () => {
  const tenant = await createWorld({ in: 'teams', people });
  onTestFinished(() => tenant.stop());
  await tenant.setUp();
  const { teams, told, chat } = tenant;
  const file = { name: 'people.csv', content: Buffer.from(table) };
  for (const words of ['invite as billing manager', ' ']) {
    const review = await told('olivia', 'Invite 2 people to Payments?', () =>
      teams.command('olivia', words, { file }),
    );
    expect(textOf(review)).toContain(words === ' ' ? 'They join as User' : 'They join as Billing Manager');
    expect(textOf(review)).toContain('nobody@\nnot a valid address; it will be left out');
  }
  const elsewhere = {
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    ...{ name: 'x.csv', content: { downloadUrl: `http://127.0.0.1:${tenant.usher.port}/healthz` } },
  };
  await told('olivia', 'usher could not fetch this file', () =>
    teams.activity('olivia', { text: 'invite', attachments: [elsewhere] }),
  );
  const review = await told('olivia', 'Invite 1 person', () => chat.command('olivia', 'invite @ben @gus'));
  expect(textOf(review)).toContain('cannot be invited: guests cannot use usher');
  await chat.command('olivia', 'invite');
  await chat.press('olivia', await tenant.sees('olivia', '[Invite people]'), 'Invite people');
  await chat.until(() => chat.hasModal('olivia'), 'the form opens');
  expect(JSON.stringify(teams.screen('olivia').modal?.card)).toContain(
    'send the file to usher in your own chat',
  );
});
