import { expect, test } from 'vitest';
import { createTinyTenant, refusal } from './tiny-tenant.ts';

const consent = {
  contentType: 'application/vnd.microsoft.teams.card.file.consent',
  name: 'members.csv',
  content: { description: 'Everybody', sizeInBytes: 10, acceptContext: { n: 1 }, declineContext: { n: 1 } },
};
const piece = 320 * 1024;

/** Puts bytes where an accepted file goes. */
const put = (url: string, range: string, body: Buffer) =>
  fetch(url, {
    method: 'PUT',
    headers: range ? { 'content-range': range } : {},
    body: new Uint8Array(body),
  }).then(({ status }) => status);

test('a file is offered, accepted, put into the storage piece by piece, and shown', async () => {
  const { teams, bot, lastOf } = await createTinyTenant();
  const got: { name?: string; value?: Record<string, unknown>; replyToId?: string }[] = [];
  bot.on(async (turn) => {
    const { type, name = '', value, replyToId = '' } = turn.activity;
    if (type === 'message') await turn.sendActivity({ attachments: [consent] });
    if (type !== 'invoke') return;
    got.push({ name, value, replyToId });
    await turn.sendActivity({ type: 'invokeResponse', value: { status: 200 } });
  });
  await teams.command('ana', 'export');
  const offer = lastOf('ana');
  expect(offer.files).toEqual([
    { name: 'members.csv', size: 10, offer: { description: 'Everybody', context: { n: 1 } } },
  ]);
  expect(await teams.answerOffer('ana', offer, 'decline')).toMatchObject({ status: 200 });
  expect(await teams.answerOffer('ana', offer, 'accept')).toMatchObject({ status: 200 });
  expect(got).toMatchObject([
    { name: 'fileConsent/invoke', value: { type: 'fileUpload', action: 'decline', context: { n: 1 } } },
    { name: 'fileConsent/invoke', value: { action: 'accept' }, replyToId: offer.id },
  ]);

  const upload = got[1]?.value?.uploadInfo as Record<'uploadUrl' | 'uniqueId' | 'contentUrl', string>;
  const total = piece + 3;
  const info = {
    contentType: 'application/vnd.microsoft.teams.card.file.info',
    ...{ name: 'members.csv', contentUrl: upload.contentUrl },
    content: { uniqueId: upload.uniqueId, fileType: 'csv' },
  };
  const show = () =>
    bot.client.conversations.sendToConversation(offer.conversation, { type: 'message', attachments: [info] });
  expect(await put(upload.uploadUrl, '', Buffer.alloc(3))).toBe(400);
  expect(await put(upload.uploadUrl, `bytes 5-7/${total}`, Buffer.alloc(3))).toBe(416);
  expect(await put(upload.uploadUrl, `bytes 0-2/${total}`, Buffer.alloc(3))).toBe(400);
  expect(await put(upload.uploadUrl, `bytes 0-${piece - 1}/${total}`, Buffer.alloc(piece, 'a'))).toBe(202);
  expect(await refusal(show())).toContain('400');
  expect(await put(upload.uploadUrl, `bytes ${piece}-${total - 1}/${total}`, Buffer.from('end'))).toBe(201);
  expect(await put(upload.uploadUrl, `bytes 0-2/3`, Buffer.alloc(3))).toBe(404);
  expect(await refusal(show())).toBe('not refused');
  expect(lastOf('ana').files).toMatchObject([{ name: 'members.csv', size: total }]);
  expect(teams.readFile(upload.uniqueId)?.subarray(-3).toString()).toBe('end');
});

test('a file people send comes with an address that needs no token', async () => {
  const { teams, bot, lastOf } = await createTinyTenant();
  let attachments: { contentType: string; content?: { downloadUrl?: string } }[] = [];
  bot.on(async (turn) => {
    attachments = turn.activity.attachments ?? [];
  });
  const file = { name: 'people.csv', content: Buffer.from('ana@acme.test') };
  await teams.command('ana', 'invite', { file });
  const [sent] = attachments;
  expect(sent?.contentType).toBe('application/vnd.microsoft.teams.file.download.info');
  const response = await fetch(sent?.content?.downloadUrl ?? '');
  expect(await response.text()).toBe('ana@acme.test');
  expect(lastOf('ana').files).toMatchObject([{ name: 'people.csv', size: 13 }]);
});
