import { expect, test } from 'vitest';
import { attached, cardOf, createTinyTenant, messageWith } from './tiny-tenant.ts';

test('what people type reaches the bot signed and mentioned, and its answer is seen where they typed', async () => {
  const { teams, bot, lastOf } = await createTinyTenant();
  const got: Record<string, unknown>[] = [];
  bot.on(async (turn) => {
    got.push({ ...turn.activity });
    await turn.sendActivity({ text: '', attachments: [attached(cardOf({ type: 'TextBlock', text: 'Hi' }))] });
  });
  const ana = teams.person('ana');
  expect(await teams.command('ana', 'remove @bob <b@x.test>')).toMatchObject({ status: 200 });
  expect(lastOf('ana')).toMatchObject({
    from: `28:${teams.appId}`,
    cards: [{ body: [{ type: 'TextBlock', text: 'Hi' }] }],
  });
  expect(got[0]).toMatchObject({
    text: 'remove <at>Bob Lee</at> <b@x.test>',
    from: { id: ana.id, aadObjectId: ana.aadObjectId, name: 'Ana Ruiz' },
    recipient: { id: `28:${teams.appId}` },
    conversation: { conversationType: 'personal', tenantId: teams.tenantId },
    channelData: { tenant: { id: teams.tenantId } },
    localTimezone: 'Europe/Madrid',
  });
  expect(got[0]?.entities).toContainEqual({
    type: 'mention',
    mentioned: { id: teams.person('bob').id, name: 'Bob Lee' },
    text: '<at>Bob Lee</at>',
  });

  await teams.command('ana', 'members', { in: 'General' });
  expect(got[1]).toMatchObject({
    text: '<at>usher</at> members\n',
    conversation: {
      isGroup: true,
      conversationType: 'channel',
      id: expect.stringMatching(/;messageid=\d+$/),
    },
    channelData: { team: { name: 'Payments' } },
  });
  expect(lastOf('bob', 'General').cards).toHaveLength(1);
  await teams.command('bob', 'members', { in: 'Planning' });
  expect(got[2]).toMatchObject({ conversation: { conversationType: 'groupChat' } });
  expect(lastOf('ana', 'Planning').cards).toHaveLength(1);
});

test('the bot finds people in the roster, opens their chats, and changes what it said', async () => {
  const { teams, bot, lastOf, messagesOf, sendCard } = await createTinyTenant();
  const { conversations } = bot.client;
  let team = '';
  bot.on(async ({ activity }) => {
    team = activity.channelData.team?.id ?? team;
  });
  await teams.addToTeam();
  const members = await conversations.getConversationMembers(team);
  expect(members.map(({ name }) => name)).toEqual(['Ana Ruiz', 'Bob Lee', 'Gu Est', 'Tea Mate']);
  expect(members[2]).toMatchObject({ email: 'guest@else.test', userRole: 'guest' });
  const paged = await conversations.getConversationPagedMembers(team);
  expect(paged.members).toHaveLength(4);
  const bob = teams.person('bob');
  expect(await conversations.getConversationMember(team, bob.aadObjectId)).toMatchObject({ id: bob.id });

  const chat = await sendCard('team', cardOf({ type: 'TextBlock', text: 'one' }));
  expect(await sendCard('team', cardOf({ type: 'TextBlock', text: 'two' }))).toBe(chat);
  const [one] = messagesOf('team');
  await conversations.updateActivity(chat, one?.id ?? '', messageWith(cardOf()));
  expect(messagesOf('team')[0]).toMatchObject({ edited: true, cards: [{ body: [] }] });
  await conversations.deleteActivity(chat, one?.id ?? '');
  expect(messagesOf('team')).toHaveLength(1);
  expect(lastOf('team').cards[0]?.body).toMatchObject([{ text: 'two' }]);
});

test('installing and removing the app is told with both events', async () => {
  const { teams, bot } = await createTinyTenant();
  const got: string[] = [];
  bot.on(async ({ activity: { type, action, membersAdded, conversation } }) => {
    got.push(
      `${type} ${action ?? membersAdded?.[0]?.id === `28:${teams.appId}`} ${conversation.conversationType}`,
    );
  });
  await teams.install('far');
  await teams.uninstall('far');
  await teams.removeFromTeam();
  expect(got).toEqual([
    'conversationUpdate true personal',
    'installationUpdate add personal',
    'conversationUpdate false personal',
    'installationUpdate remove personal',
    'conversationUpdate false channel',
    'installationUpdate remove channel',
  ]);
});
