import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCast } from '../../sandbox/cast.ts';
import type { Shown as SlackShown } from '../../sandbox/slack/types.ts';
import type { Shown as TeamsShown } from '../../sandbox/teams/types.ts';
import type { Action } from '../../src/messages/action.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';
import { everythingSaid, readState } from './slack/state.ts';

const belong = 'usher is only for people who fully belong here';

/** Joins Adam as Admin and has the clock warn of an invitation in the channel. */
async function warn(world: TestWorld, platform: 'slack' | 'teams'): Promise<void> {
  await world.setUp();
  await world.invite('olivia', 'adam@acme.test as admin');
  await world.join('adam');
  const { slack, teams, told, db } = world;
  await told('adam', 'The channel is set.', () =>
    platform === 'slack'
      ? slack.command('adam', 'settings channel here', { channel: 'payments' })
      : teams.command('adam', 'settings channel here', { in: 'General' }),
  );
  await world.invite('olivia', 'dora@acme.test');
  await world.passTime(12.5);
  await world.sees('olivia', 'runs out soon');
  await everythingSaid(db);
}

describe('a message that a channel of Slack sees', () => {
  let world: TestWorld;
  const people = [
    ...createCast(),
    { name: 'gus', realName: 'Gus Guest', email: 'gus@acme.test', isGuest: true },
    { name: 'twin', realName: 'Olivia Okafor', email: 'olivia@acme.test', teamId: 'T0PARTNER' },
  ];
  beforeAll(async () => {
    world = await createWorld({
      people,
      slack: { channels: ['general', 'payments', { name: 'secret', withoutBot: true }] },
    });
    await warn(world, 'slack');
  });
  afterAll(() => world?.stop());

  const shared = async () => world.sees('mia', 'runs out soon');
  const withButton = (message: SlackShown, action: Action): SlackShown => ({
    ...message,
    blocks: [
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: 'forged',
            text: { type: 'plain_text', text: 'Forged' },
            value: JSON.stringify(action),
          },
        ],
      },
    ],
  });

  test('gives guests and people of other workspaces nothing', async () => {
    const before = await readState(world.db);
    for (const who of ['gus', 'twin']) {
      const answer = await world.told(who, belong, async () =>
        world.slack.press(who, await shared(), 'Resend'),
      );
      expect(answer.ephemeral).toBe(true);
    }
    expect(await readState(world.db)).toBe(before);
  });

  test('is never replaced by an answer to one of those who see it', async () => {
    const message = await shared();
    for (const action of [
      { do: 'pending', turn: true },
      { do: 'settings.channel-off' },
      { do: 'revoke.keep' },
    ] as const) {
      const seen = new Set(world.messages('olivia').map(({ ts }) => ts));
      await world.slack.press('olivia', withButton(message, action), 'Forged');
      const answer = await world.slack.until(
        () => world.messages('olivia').find(({ ts }) => !seen.has(ts)),
        'Olivia is answered',
      );
      expect(answer.ephemeral).toBe(true);
      expect(textOf(await shared())).toBe(textOf(message));
    }
    await world.told('adam', 'The channel is set.', () =>
      world.slack.command('adam', 'settings channel here', { channel: 'payments' }),
    );
  });

  test('is not promised where usher may not write, or where nobody else is', async () => {
    const { slack, told } = world;
    const refusal = await told('adam', 'usher may not write in #secret yet', () =>
      slack.command('adam', 'settings channel here', { channel: 'secret' }),
    );
    expect(textOf(refusal)).toContain('/invite @usher');
    await told('adam', 'This is said in the channel that you mean', () =>
      slack.command('adam', 'settings channel here', { channel: 'dm' }),
    );
    await told('mia', 'You are not a member of Payments yet', () =>
      slack.command('mia', 'settings channel here', { channel: 'general' }),
    );
    const general = slack.screen('adam').conversations.find(({ name }) => name === 'general');
    expect(general?.messages).toEqual([]);
    const rows = await world.db.execute(sql`select name from organization_channel`);
    expect([...rows]).toEqual([{ name: '#payments' }]);
  });
});

describe('a card that a channel of Teams sees', () => {
  let world: TestWorld<TeamsShown>;
  beforeAll(async () => {
    const guest = { name: 'gus', realName: 'Gus Guest', email: 'gus@acme.test', isGuest: true };
    world = await createWorld({ in: 'teams', people: [...createCast(), guest] });
    await warn(world as unknown as TestWorld, 'teams');
  });
  afterAll(() => world?.stop());

  const noticeOf = (who: string) =>
    world.messages(who).findLast((message) => textOf(message).includes('runs out soon'))?.notice;

  test('answers whoever presses alone, by their rights', async () => {
    const { teams, sees, db } = world;
    const before = await readState(db);
    await teams.press('gus', await sees('gus', 'runs out soon'), 'Resend');
    expect(noticeOf('gus')).toContain(belong);
    expect(await readState(db)).toBe(before);
    expect(noticeOf('adam')).toBeUndefined();
    const pressed = await teams.press('adam', await sees('adam', 'runs out soon'), 'See pending');
    expect(pressed.body).toMatchObject({ statusCode: 200 });
    expect(noticeOf('adam')).toContain('own chat with usher');
    await sees('adam', 'Pending invitations to Payments');
    await teams.press('adam', await sees('adam', 'runs out soon'), 'Resend');
    expect(noticeOf('adam')).toContain('Sent again to dora@acme.test');
    expect(noticeOf('mia')).toBeUndefined();
    await sees('mia', 'sent again');
  });

  test('a press that was made up, or of an older usher, does nothing', async () => {
    const { teams, db } = world;
    const before = await readState(db);
    for (const action of [
      { type: 'Action.Execute', verb: 'other', data: { action: { do: 'help' } } },
      { type: 'Action.Execute', verb: 'press', data: { action: { do: 'nonsense' } } },
      { type: 'Action.Execute', verb: 'press', data: {} },
      'press',
    ]) {
      const answer = await teams.activity(
        'adam',
        { type: 'invoke', name: 'adaptiveCard/action', value: { action, trigger: 'manual' } },
        { in: 'General' },
      );
      expect(answer.body).toMatchObject({
        statusCode: 200,
        value: expect.stringContaining('does not work any more'),
      });
    }
    expect(await readState(db)).toBe(before);
  });

  test('is not promised where nobody else is', async () => {
    const { teams, told } = world;
    await told('adam', 'This is said in the channel that you mean', () =>
      teams.command('adam', 'settings channel here'),
    );
  });
});
