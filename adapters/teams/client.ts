import type { Activity } from 'botbuilder';
import {
  ConnectorClient,
  type MsalAppCredentials,
  type MsalServiceClientCredentialsFactory,
} from 'botframework-connector';
import { z } from 'zod';
import { cleanLine } from '../../src/membership/clean-text.ts';
import { type EmailAddress, parseEmailAddress } from '../../src/membership/email-address.ts';
import { RateLimited, Undeliverable } from '../../src/messages/messenger.ts';
import type { Address } from './activity.ts';
import type { FileCard, Outgoing } from './card.ts';

/** Whom the bot's tokens are for. */
export const botScope = 'https://api.botframework.com';

export interface BotOptions {
  appId: string;
  appSecret: string;
  tenantId: string;
  loginUrl: string;
  /** Microsoft Graph, where usher may install itself for people; undefined: it does not. */
  graphUrl?: string | undefined;
  /** How long any of them may take to answer one request. */
  patienceMs: number;
}

/** Somebody as the roster of a conversation tells it. */
export interface RosterMember {
  /** The channel's own id, `29:…`. */
  id: string;
  /** The id in the tenant, the same everywhere. */
  userId: string;
  fullName: string;
  email: EmailAddress | undefined;
  /** Whether they are a full member of the bot's tenant. */
  isOwn: boolean;
}

/**
 * The Bot Connector: each call is one attempt within the patience, after one with a token that had ended early at most, and
 * failures come in usher's words (`RateLimited`, `Undeliverable`) or as they are.
 */
export interface Connector {
  send(to: Address, outgoing: Outgoing | FileCard, deliveryId?: string): Promise<string>;
  update(at: Address, activityId: string, outgoing: Outgoing): Promise<void>;
  /** Opens the chat with one person on the server that knows them; the same one every time. */
  openChat(serviceUrl: string, memberId: string): Promise<Address>;
  findMember(where: Address, memberId: string): Promise<RosterMember | undefined>;
  readRoster(where: Address): Promise<RosterMember[]>;
}

interface Connected {
  api: ConnectorClient['conversations'];
  tokens: MsalAppCredentials;
}

interface Wrapped {
  client: { pipeline: { removePolicy(policy: { name: string }): void } };
}

/** How usher calls Teams: the SDK's hidden retries would send a message twice whose answer was lost. */
export function createConnector(
  options: BotOptions,
  credentials: MsalServiceClientCredentialsFactory,
): Connector {
  const clients = new Map<string, Promise<Connected>>();
  const attempt = { timeout: options.patienceMs };

  async function createClient(baseUri: string): Promise<Connected> {
    const { appId, loginUrl } = options;
    const tokens = (await credentials.createCredentials(
      appId,
      botScope,
      loginUrl,
      true,
    )) as MsalAppCredentials;
    const client = new ConnectorClient(tokens, { baseUri });
    // The SDK's types hide the client it wraps.
    const { pipeline } = (client as unknown as Wrapped).client;
    pipeline.removePolicy({ name: 'defaultRetryPolicy' });
    return { api: client.conversations, tokens };
  }

  function call<Result>(serviceUrl: string, request: (api: Connected['api']) => Promise<Result>) {
    const client = clients.get(serviceUrl) ?? createClient(serviceUrl);
    clients.set(serviceUrl, client);
    return inOwnWords(async () => {
      const { api, tokens } = await client;
      return request(api).catch(async (error) => {
        // The SDK keeps a token until its time is up, also one that is not taken any more; nothing was done with it.
        if (failure.safeParse(error).data?.statusCode !== 401) throw error;
        await tokens.getToken(true);
        return request(api);
      });
    });
  }

  return {
    async send({ serviceUrl, conversationId }, outgoing, deliveryId) {
      const customHeaders = deliveryId ? { 'x-ms-client-request-id': deliveryId } : {};
      const { id } = await call(serviceUrl, (api) =>
        api.sendToConversation(conversationId, toActivity(outgoing), { ...attempt, customHeaders }),
      );
      return id;
    },
    async update({ serviceUrl, conversationId }, activityId, outgoing) {
      await call(serviceUrl, (api) =>
        api.updateActivity(conversationId, activityId, { ...toActivity(outgoing), id: activityId }, attempt),
      );
    },
    async openChat(serviceUrl, memberId) {
      const { tenantId } = options;
      const bot = { id: `28:${options.appId}` };
      const chat = {
        isGroup: false,
        bot,
        members: [{ id: memberId }],
        tenantId,
        channelData: { tenant: { id: tenantId } },
      };
      const { id } = await call(serviceUrl, (api) => api.createConversation(chat as never, attempt));
      return { serviceUrl, conversationId: id };
    },
    async findMember({ serviceUrl, conversationId }, memberId) {
      try {
        const member = await call(serviceUrl, (api) =>
          api.getConversationMember(conversationId, memberId, attempt),
        );
        return readMember(member, options.tenantId);
      } catch (error) {
        if (error instanceof Undeliverable) return undefined;
        throw error;
      }
    },
    async readRoster({ serviceUrl, conversationId }) {
      const members: RosterMember[] = [];
      let continuationToken: string | undefined;
      do {
        const asked = { ...attempt, pageSize: 500, ...(continuationToken ? { continuationToken } : {}) };
        const page = await call(serviceUrl, (api) =>
          api.getConversationPagedMembers(conversationId, asked as never),
        );
        members.push(...(page.members ?? []).flatMap((member) => readMember(member, options.tenantId) ?? []));
        continuationToken = page.continuationToken;
      } while (continuationToken);
      return members;
    },
  };
}

function toActivity(outgoing: Outgoing | FileCard): Partial<Activity> {
  const { summary } = outgoing;
  const attachment =
    'card' in outgoing
      ? { contentType: 'application/vnd.microsoft.card.adaptive', content: outgoing.card }
      : outgoing.attachment;
  return { type: 'message', summary, attachments: [attachment] };
}

const rosterMember = z.object({
  id: z.string(),
  name: z.string().nullish(),
  aadObjectId: z.string().nullish(),
  objectId: z.string().nullish(),
  email: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  tenantId: z.string().nullish(),
  userRole: z.string().nullish(),
});

/**
 * Reads a roster entry; undefined without an id in the tenant. The address of somebody's account in the bot's own tenant
 * counts as verified; a guest's is another tenant's word.
 */
export function readMember(member: unknown, tenantId: string): RosterMember | undefined {
  const read = rosterMember.safeParse(member);
  const userId = read.data?.aadObjectId ?? read.data?.objectId;
  if (!read.success || !userId) return undefined;
  const { id, name, email, userPrincipalName, userRole } = read.data;
  const isOwn = (read.data.tenantId ?? tenantId) === tenantId && userRole !== 'guest';
  return {
    ...{ id, userId, isOwn },
    fullName: cleanLine(name ?? '', 100) || 'Somebody',
    email: isOwn ? parseEmailAddress(email ?? userPrincipalName ?? '') : undefined,
  };
}

const failure = z.object({
  statusCode: z.number(),
  response: z.object({ headers: z.custom<{ get(name: string): string | undefined }>() }).optional(),
});

/** Answers another attempt would only repeat: refused, gone, or nothing Teams can read. */
const permanent = new Set([400, 403, 404, 405, 410, 413]);

async function inOwnWords<Result>(request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (error) {
    const { data } = failure.safeParse(error);
    if (data?.statusCode === 429) {
      throw new RateLimited(Number(data.response?.headers.get('retry-after')) || 5);
    }
    if (data && permanent.has(data.statusCode)) throw new Undeliverable(`Teams answers ${data.statusCode}`);
    throw error;
  }
}
