import { sql } from 'drizzle-orm';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buttonsOf, opens } from '../../commands/forms.ts';
import { eventually } from '../../jobs/eventually.ts';
import { createWorld, type TestWorld, textOf } from '../../world.ts';

const logged: string[] = [];

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld({ log: pino({ level: 'error' }, { write: (line) => logged.push(line) }) });
  await world.setUp();
  await world.invite('olivia', 'mia@acme.test');
  await world.join('mia');
});
afterAll(() => world?.stop());
afterEach(() => world.slack.heal());

test('a fault is answered with a reference, and one line of the log has it', async () => {
  const { slack, told } = world;
  slack.fail('users.info', { status: 500 });
  const answer = await told('ana', 'Something went wrong in usher', () => slack.command('ana', 'help'));
  const reference = /\b[0-9A-F]{8}\b/.exec(textOf(answer))?.[0] ?? 'none';
  expect(logged.filter((line) => line.includes(reference))).toHaveLength(1);
  expect(textOf(answer)).toContain('it is not your fault');
  await told('ana', 'not a member', () => slack.command('ana', 'help'));
});

test.each([{ error: 'expired_trigger_id' }, { status: 500 as const }, 'cut-before' as const])(
  'a form that cannot be opened (%o) is answered with words',
  async (fault) => {
    const { slack, told } = world;
    slack.fail('views.open', fault);
    const answer = await told('olivia', 'Please try once more', () => slack.command('olivia', 'invite'));
    expect(textOf(answer)).toContain('Nothing was changed');
    expect(slack.screen('olivia').modal).toBeUndefined();
  },
);

test('a press is acknowledged at once, and answered with words when others hold the rows too long', async () => {
  const { slack, told, db } = world;
  const review = await told('olivia', 'Invite 1', () => slack.command('olivia', 'invite eve@example.com'));
  const press = () => slack.press('olivia', review, 'Send 1 invitation');
  await db.transaction(async (tx) => {
    await tx.execute(sql`select 1 from member, organization for update`);
    const busy = await told('olivia', 'Somebody else is changing the same thing', async () => {
      const answer = await press();
      expect(answer).toMatchObject({ status: 200, body: '' });
      expect(answer.ms).toBeLessThan(1_500);
    });
    expect(textOf(busy)).toContain('Nothing was changed');
  });
  await told('olivia', 'Invited 1 person', press);
});

test('when Slack takes no answer at all the fault is logged and usher goes on', async () => {
  const { slack, told } = world;
  const before = logged.length;
  slack.fail('response_url', { status: 500 });
  slack.fail('chat.postMessage', { error: 'channel_not_found' });
  await slack.command('olivia', 'help');
  await eventually('both faults are logged', () => logged.length >= before + 2);
  await told('olivia', 'What you can do', () => slack.command('olivia', 'help'));
});

test('the buttons of the home work: lists take its place, forms open, and more comes as a message', async () => {
  const { slack, told } = world;
  await slack.openHome('olivia');
  const home = () => textOf({ text: '', blocks: slack.screen('olivia').home?.blocks ?? [] });
  await slack.until(() => home().includes('What you can do'), 'the home is drawn');
  await opens(world, 'olivia', 'Invite people', () => slack.press('olivia', 'home', 'Invite people'));
  const review = await told('olivia', 'Invite 1 person', () =>
    slack.submit('olivia', { addresses: 'cleo@acme.test' }),
  );
  expect(buttonsOf(review)).toContain('Send 1 invitation');
  const card = await told('olivia', 'E-mail: olivia@acme.test', () =>
    slack.press('olivia', 'home', 'My card'),
  );
  expect(card.ephemeral).toBeUndefined();
  await slack.press('olivia', 'home', 'Members');
  await slack.until(
    () =>
      home().includes('Mia Chen') || world.messages('olivia').some((one) => textOf(one).includes('Mia Chen')),
    'the members are shown',
  );
});

test('opening the messages tab does not draw the home, and a stranger sees there what to do', async () => {
  const { slack } = world;
  const published = () => slack.calls.filter(({ method }) => method === 'views.publish').length;
  const before = published();
  await slack.event({ type: 'app_home_opened', user: slack.person('ben').id, tab: 'messages' });
  await slack.openHome('ben');
  await slack.until(() => slack.screen('ben').home, 'the home is drawn');
  expect(published()).toBe(before + 1);
  expect(textOf({ text: '', blocks: slack.screen('ben').home?.blocks ?? [] })).toContain(
    'You are not a member',
  );
});

test('answers to what somebody types in a channel are seen by nobody else', async () => {
  const { slack, told, messages } = world;
  const answer = await told('olivia', 'Members of Payments', () =>
    slack.command('olivia', 'members', { channel: 'payments' }),
  );
  expect(answer.ephemeral).toBe(true);
  for (const who of ['mia', 'adam', 'ana']) {
    expect(messages(who).filter((one) => textOf(one).includes('Members of Payments'))).toEqual([]);
  }
});
