import { z } from 'zod';

const id = z.string().min(1).max(500);

/** A user before the host looks like a host to people and to careless parsers; the service never has one. */
function hasNoUser(url: string): boolean {
  return URL.canParse(url) && new URL(url).username === '' && new URL(url).password === '';
}

/** The parts of an activity usher reads. Whatever does not look like this is refused before anything else sees it. */
export const activity = z.object({
  type: z.string().min(1).max(100),
  id,
  channelId: z.literal('msteams'),
  serviceUrl: z
    .url({ protocol: /^https$/ })
    .max(500)
    .refine(hasNoUser),
  from: z.object({ id, name: z.string().max(500).nullish(), aadObjectId: z.guid().nullish() }),
  recipient: z.object({ id }),
  conversation: z.object({
    id,
    tenantId: z.string(),
    conversationType: z.enum(['personal', 'groupChat', 'channel']).nullish(),
    name: z.string().max(500).nullish(),
  }),
  channelData: z.object({
    tenant: z.object({ id: z.string() }),
    team: z.object({ id, name: z.string().max(500).nullish() }).nullish(),
    channel: z.object({ name: z.string().max(500).nullish() }).nullish(),
  }),
  /** What an invoke asks for, and whether an installation was added or removed. */
  name: z.string().max(100).nullish(),
  action: z.string().max(100).nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  replyToId: id.nullish(),
  localTimezone: z.string().max(100).nullish(),
  entities: z.array(z.looseObject({ type: z.string() })).nullish(),
  attachments: z.array(z.unknown()).nullish(),
  membersAdded: z.array(z.object({ id })).nullish(),
  membersRemoved: z.array(z.object({ id })).nullish(),
});

/** An activity that passed the gate. */
export type Inbound = z.infer<typeof activity>;

/** A conversation and the server that carries it, both from an authenticated activity. */
export interface Address {
  serviceUrl: string;
  conversationId: string;
}

/** Opens the chat with somebody; rejects with `Undeliverable` where usher is not installed for them. */
export type OpenChat = (person: { userId: string }) => Promise<Address>;

/** Where an activity comes from. */
export function addressOf({ serviceUrl, conversation }: Inbound): Address {
  return { serviceUrl, conversationId: conversation.id };
}

/** Where several people are together: the team as a whole, or a group chat; undefined in a personal chat. */
export function roomOf(inbound: Inbound): Address | undefined {
  const { conversation, channelData, serviceUrl } = inbound;
  if (conversation.conversationType === 'personal') return undefined;
  return { serviceUrl, conversationId: channelData.team?.id ?? conversation.id };
}
