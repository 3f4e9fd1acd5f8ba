import { expect, test } from 'vitest';
import { createTinyWorld, refusal } from './tiny-world.ts';

test('Slack says of everybody what they are', async () => {
  const { slack, app } = await createTinyWorld();
  const { client } = app;
  const info = async (name: string) => (await client.users.info({ user: slack.person(name).id })).user;
  expect(await info('ana')).toMatchObject({
    is_owner: true,
    is_admin: true,
    profile: { email: 'ana@acme.test' },
  });
  expect(await info('bob')).toMatchObject({
    tz: 'America/New_York',
    is_admin: false,
    team_id: slack.teamId,
  });
  expect(await info('guest')).toMatchObject({ is_restricted: true, is_ultra_restricted: true });
  expect(await info('robot')).toMatchObject({ is_bot: true });
  expect(await info('stranger')).toMatchObject({ team_id: 'T0OTHER' });
  const gone = await info('gone');
  expect(gone).toMatchObject({ deleted: true });
  expect(gone).not.toHaveProperty('is_admin');
});

test('a search by e-mail ignores case and does not find who left', async () => {
  const { slack, app } = await createTinyWorld();
  const { client } = app;
  expect((await client.users.lookupByEmail({ email: 'BOB@acme.test' })).user?.id).toBe(
    slack.person('bob').id,
  );
  expect(await refusal(client.users.lookupByEmail({ email: 'gone@acme.test' }))).toMatchObject({
    data: { error: 'users_not_found' },
  });
  slack.person('bob').deleted = true;
  expect(await refusal(client.users.lookupByEmail({ email: 'bob@acme.test' }))).toMatchObject({
    data: { error: 'users_not_found' },
  });
});

test('the directory comes in pages and knows who joined later', async () => {
  const { slack, app, lastOf, channelId } = await createTinyWorld();
  const eve = await slack.addPerson({ name: 'eve', realName: 'Eve', email: 'eve@acme.test' });
  const ids: unknown[] = [];
  for await (const page of app.client.paginate('users.list', { limit: 3 })) {
    ids.push(...((page as { members?: { id: string }[] }).members ?? []).map((one) => one.id));
  }
  expect(ids).toHaveLength(9);
  expect(ids).toContain(eve.id);
  await app.client.chat.postEphemeral({ channel: channelId('payments'), user: eve.id, text: 'hello' });
  expect(lastOf('eve', 'payments')).toMatchObject({ text: 'hello', ephemeral: true });
});
