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

/** A file on its way to one person. Its last bytes come only while they may still have it: else reading rejects. */
export interface OutgoingFile {
  name: string;
  bytes: number;
  /** The bytes from one place up to and without another, in pieces. */
  read(from: number, to: number): AsyncIterable<Uint8Array>;
}

/** Gives people files, in their own chat with usher. What happens on the platform is told as JSON, to be kept meanwhile. */
export interface FileSender {
  /** Where the platform lets nobody send a file unasked: the question, and about how many bytes. Its answer comes with `context`, and with where the bytes go. */
  offer?(
    to: ChatPerson,
    file: { name: string; description: string; bytes: number; context: object },
    deliveryId: string,
  ): Promise<Posting>;
  /** Brings the bytes to the platform, where nobody else sees them; what comes back names the file there. */
  upload(file: OutgoingFile, where: unknown): Promise<object>;
  /** Shows an uploaded file to the person. `again`: it may have been shown, and is not a second time where the platform tells. */
  show(to: ChatPerson, uploaded: unknown, options: { deliveryId: string; again: boolean }): Promise<void>;
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
  files: FileSender;
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
