import { createRemoteJWKSet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import {
  attached,
  button,
  cardOf,
  chatWith,
  createTinyTenant,
  messageWith,
  refusal,
  type TinyTenant,
} from './tiny-tenant.ts';

const open = ({ bot, teams }: TinyTenant, name: string) =>
  refusal(bot.client.conversations.createConversation(chatWith(teams, name)));

test('people who are not there, or do not have the app, cannot be written to', async () => {
  const tenant = await createTinyTenant();
  const { teams, bot, sendCard } = tenant;
  const { conversations } = bot.client;
  expect(await open(tenant, 'team')).toBe('not refused');
  expect(await open(tenant, 'far')).toBe('403 ForbiddenOperationException');
  expect(await open(tenant, 'gone')).toBe('403 ForbiddenOperationException');
  await teams.install('far');
  const chat = await sendCard('far', cardOf());
  await teams.uninstall('far');
  const blocked = await refusal(conversations.sendToConversation(chat, messageWith(cardOf())));
  expect(blocked).toMatch(/^403 .*MessageWritesBlocked/s);
  await teams.removeFromTeam();
  expect(await open(tenant, 'team')).toBe('403 ForbiddenOperationException');
  const unknown = { ...chatWith(teams, 'ana'), members: [{ id: '29:nobody', name: '' }] };
  expect(await refusal(conversations.createConversation(unknown))).toBe('404 UserNotFound');
  const abroad = { ...chatWith(teams, 'ana'), tenantId: 'elsewhere' };
  expect(await refusal(conversations.createConversation(abroad))).toBe('400 BadArgument');
  expect(await refusal(conversations.getConversationMembers('19:none'))).toBe('404 ConversationNotFound');
});

test('cards Teams would not draw are refused, and so is what is too big or not the bot’s own', async () => {
  const { teams, bot, sendCard, lastOf } = await createTinyTenant();
  const { conversations } = bot.client;
  const chat = await sendCard('ana', cardOf());
  const post = (card: object) => refusal(conversations.sendToConversation(chat, messageWith(card)));
  const text = { type: 'TextBlock', text: 'x' };
  expect(await post({ ...cardOf(text), version: '1.6' })).toBe('400 BadSyntax');
  expect(await post(cardOf({ type: 'Nonsense' }))).toBe('400 BadSyntax');
  expect(await post({ ...cardOf(), actions: Array(7).fill(button('x', {})) })).toBe('400 BadSyntax');
  expect(await post(cardOf({ type: 'Input.Text', id: 'a', isRequired: true }))).toBe('400 BadSyntax');
  expect(await post(cardOf({ ...text, text: 'x'.repeat(30_000) }))).toBe('413 MessageSizeTooBig');
  expect(await post({ ...cardOf(text), actions: Array(6).fill(button('x', {})) })).toBe('not refused');
  expect(await refusal(conversations.sendToConversation(chat, { type: 'message' }))).toBe('400 BadSyntax');

  await teams.command('ana', 'mine');
  const { id } = lastOf('ana');
  const change = { type: 'message', attachments: [attached(cardOf())] };
  expect(await refusal(conversations.updateActivity(chat, id, change))).toBe(
    '404 ActivityNotFoundInConversation',
  );
});

test('only a token the login gave the app is good, and not for ever', async () => {
  const { teams, sendCard } = await createTinyTenant();
  const ask = (authorization: string) =>
    fetch(`${teams.serviceUrl}v3/conversations/x/members`, { headers: { authorization } });
  expect((await ask('Bearer made-up')).status).toBe(401);
  const login = (client_secret: string) =>
    fetch(`${teams.env.TEAMS_LOGIN_URL}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ grant_type: 'client_credentials', client_id: teams.appId, client_secret },
        scope: 'https://api.botframework.com/.default',
      }),
    });
  expect((await login('wrong')).status).toBe(401);
  const { access_token } = (await (await login(teams.appSecret)).json()) as { access_token: string };
  expect((await ask(`Bearer ${access_token}`)).status).toBe(404);
  teams.expireTokens();
  expect((await ask(`Bearer ${access_token}`)).status).toBe(401);
  expect(await refusal(sendCard('ana', cardOf()))).toBe('not refused');
});

test('what Teams sends can be verified, replayed and forged', async () => {
  const { teams } = await createTinyTenant();
  await teams.command('ana', 'hello');
  const { lastRequest } = teams;
  const metadata = await fetch(teams.env.TEAMS_OPENID_URL ?? '');
  const { jwks_uri } = (await metadata.json()) as { jwks_uri: string };
  const keys = createRemoteJWKSet(new URL(jwks_uri));
  const verify = async (token: string) => (await jwtVerify(token, keys, { audience: teams.appId })).payload;
  expect(await verify(lastRequest.authorization?.replace('Bearer ', '') ?? '')).toMatchObject({
    iss: 'https://api.botframework.com',
    serviceurl: teams.serviceUrl,
  });
  expect(await teams.send(lastRequest)).toMatchObject({ status: 200 });
  expect(teams.lastRequest).toEqual(lastRequest);
  const failure = async (...how: Parameters<typeof teams.sign>) =>
    verify(await teams.sign(...how)).catch((error) => error.code);
  expect(await failure({ aud: 'another app' })).toBe('ERR_JWT_CLAIM_VALIDATION_FAILED');
  expect(await failure({ exp: 1 })).toBe('ERR_JWT_EXPIRED');
  expect(await failure({}, { key: 'stranger' })).toBe('ERR_JWS_SIGNATURE_VERIFICATION_FAILED');
  expect(await failure({}, { kid: 'unknown' })).toBe('ERR_JWKS_NO_MATCHING_KEY');
  expect(await failure({}, { key: 'none' })).toMatch(/^ERR_J/);
  expect(await failure({ serviceurl: undefined })).not.toHaveProperty('serviceurl');
});
