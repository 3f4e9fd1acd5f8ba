import type { Platform } from '../../db/schema.ts';
import type { EmailAddress } from '../membership/email-address.ts';
import type { Message } from './message.ts';

/** Somebody as a chat platform knows them. */
export interface ChatPerson {
  platform: Platform;
  workspaceId: string;
  userId: string;
  fullName: string;
  /** An IANA name such as `Europe/Madrid`. */
  timeZone: string;
}

/** Where a message went, so that it can be changed there. */
export interface Posting {
  platform: Platform;
  workspaceId: string;
  channel: string;
  messageId: string;
}

/** A place where several people are together. */
type Room = Omit<Posting, 'messageId'>;

/** Says things on one platform. Each call is one attempt of at most 10 s; trying again belongs to the outbox. */
export interface Messenger {
  platform: Platform;
  /** Who has this verified address in the workspace; undefined when nobody there can be reached by it. */
  findPerson(workspaceId: string, email: EmailAddress): Promise<ChatPerson | undefined>;
  /** Sends a direct message. `deliveryId` goes with it, so that a copy can be traced to its outbox row. */
  send(to: ChatPerson, message: Message, deliveryId: string): Promise<Posting>;
  /** Says something where several people see it: whoever presses a button there gets the answer alone. */
  post(room: Room, message: Message, deliveryId: string): Promise<Posting>;
  /** Draws a sent message anew, where it is. */
  update(posting: Posting, message: Message): Promise<void>;
}

/** The platform asks to wait; nothing was sent. */
export class RateLimited extends Error {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(`the platform asks to wait ${retryAfterSeconds} s`);
    this.name = 'RateLimited';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The platform will never take this message: the person or the conversation is gone, or the bot may not write there. */
export class Undeliverable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Undeliverable';
  }
}
