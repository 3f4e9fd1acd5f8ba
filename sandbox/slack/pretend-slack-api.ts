import type { Router } from 'express';
import type { Changes } from '../changes.ts';
import type { CommandOptions } from './command.ts';
import type { FieldValues } from './form-state.ts';
import type { Surface } from './press.ts';
import type { Answer, Call, Clicked, Fault, PersonSeed, PretendPerson, RawRequest, Screen } from './types.ts';

/** What the workspace starts with. */
export interface PretendSlackOptions {
  people: PersonSeed[];
  /** Everybody is a member of every channel; so is the bot, unless the channel says otherwise. */
  channels: (string | { name: string; withoutBot: true })[];
  /** A free one by default. */
  port?: number;
  scopes?: string[];
  teamId?: string;
  /** How long Slack waits for usher's answer; 3 seconds, as Slack does. */
  patienceMs?: number;
  /** Routes of the sandbox page, on the same port. */
  page?: Router;
}

/** A Slack workspace on 127.0.0.1 for one app, usher: the emulated Web API, and everything Slack itself would send. */
export interface PretendSlack extends Changes {
  /** Where the page and the gateway are, without a slash at the end. */
  url: string;
  /** The value for SLACK_API_URL. */
  apiUrl: string;
  botToken: string;
  signingSecret: string;
  teamId: string;
  botUserId: string;
  people: PretendPerson[];
  /** Somebody by name, id or e-mail. */
  person(name: string): PretendPerson;
  /** Somebody joins the workspace; at most 50 after the start. */
  addPerson(seed: PersonSeed): Promise<PretendPerson>;
  connect(eventsUrl: string): void;
  command(as: string, text: string, options?: CommandOptions): Promise<Answer>;
  press(as: string, on: Surface, clicked: Clicked, typed?: FieldValues): Promise<Answer>;
  submit(as: string, values?: FieldValues): Promise<Answer>;
  closeModal(as: string): Promise<Answer>;
  /** Somebody chooses a file on their machine: its id is what a field for files then holds. */
  giveFile(name: string, content: Buffer): string;
  openHome(as: string): Promise<Answer>;
  /** Opens the direct message with usher, so that the screen lists it; resolves with its id. */
  openDirectMessage(as: string): Promise<string>;
  /** Sends one event; the same `eventId` twice is a redelivery. */
  event(event: object, options?: { eventId?: string }): Promise<Answer>;
  send(request: Partial<RawRequest> & { body: string }): Promise<Answer>;
  /** The last request Slack sent; send it again to replay it byte for byte. */
  readonly lastRequest: RawRequest;
  screen(as: string): Screen;
  calls: Call[];
  /** Lets the next `times` (1) calls of a method fail: also `response_url`, `upload`, and `*` for any. */
  fail(method: string, fault: Fault, times?: number): void;
  /** Forgets the faults that have not happened yet. */
  heal(): void;
  /** Makes every response_url handed out so far too old. */
  expireResponseUrls(): void;
  stop(): Promise<void>;
}
