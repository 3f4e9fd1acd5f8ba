import type { Changes } from '../changes.ts';
import type { Certificate } from './certificate.ts';
import type { SignOptions } from './signing.ts';
import type {
  Answer,
  Call,
  Clicked,
  Fault,
  FieldValues,
  PersonSeed,
  PretendPerson,
  RawRequest,
  Route,
  Screen,
  Shown,
} from './types.ts';

/** What the tenant starts with. */
export interface PretendTeamsOptions {
  people: PersonSeed[];
  /** The team everybody is on, with the app installed and one channel, General; Payments by default. */
  team?: string;
  /** Group chats with the app in them, by name, and who is in each (names); by default "Planning" with the whole team. */
  groups?: Record<string, string[]>;
  /** A free one by default. */
  port?: number;
  appId?: string;
  tenantId?: string;
  /** How long Teams waits for usher's answer; 15 seconds by default. */
  patienceMs?: number;
  /** The one this process trusts by default. */
  certificate?: Certificate;
}

/** Where something is typed: the personal chat by default, or a channel or group chat by name or id; and a file with it. */
export interface CommandOptions {
  in?: string;
  file?: { name: string; content: Buffer };
}

/** A Microsoft Teams tenant on 127.0.0.1 for one app, usher: login, keys, connector, and everything Teams itself would send. */
export interface PretendTeams extends Changes {
  /** Where login and connector are, https, without a slash at the end. */
  url: string;
  /** What activities say about where to answer. */
  serviceUrl: string;
  appId: string;
  appSecret: string;
  tenantId: string;
  /** Every TEAMS_* setting, and NODE_EXTRA_CA_CERTS for a process of its own. */
  env: Record<string, string>;
  /** The value for TEAMS_GRAPH_URL, which is not in `env`: usher works without. */
  graphUrl: string;
  people: PretendPerson[];
  /** Somebody by name, id, aadObjectId or e-mail. */
  person(name: string): PretendPerson;
  /** Somebody joins the tenant. */
  addPerson(seed: PersonSeed): Promise<PretendPerson>;
  connect(messagesUrl: string): void;
  /** Types to usher; `@name` becomes a mention, and in a channel or group chat usher is mentioned first. */
  command(as: string, text: string, options?: CommandOptions): Promise<Answer>;
  /**
   * Clicks, and does what the button is: sends a message, opens the dialog, or executes. Fields around it are filled in
   * first, and what the client itself objects to (an empty required field) is not sent. `modal` is the open dialog.
   */
  press(as: string, on: Shown | 'modal', clicked: Clicked, typed?: FieldValues): Promise<Answer>;
  /** Types into the open dialog and presses its one button. */
  submit(as: string, values?: FieldValues): Promise<Answer>;
  /** Closes the dialog; usher never hears of it. */
  closeModal(as: string): Promise<Answer>;
  /** Accepts or declines the file that is offered in a message. */
  answerOffer(as: string, on: Shown, action: 'accept' | 'decline'): Promise<Answer>;
  /** What is in a file of a message; undefined when there is none. */
  readFile(uniqueId: string): Buffer | undefined;
  /** Somebody takes the app for themselves; whoever has it already only makes Teams tell so again. */
  install(as: string): Promise<Answer>;
  uninstall(as: string): Promise<Answer>;
  /**
   * The app is installed in the team, where it is from the start: usher has not heard of it until this tells it so.
   * `removeFromTeam` takes it away.
   */
  addToTeam(): Promise<Answer>;
  removeFromTeam(): Promise<Answer>;
  /** Sends one activity of somebody in a conversation, with these fields over the usual ones; undefined leaves one out. */
  activity(as: string, fields: object, options?: CommandOptions): Promise<Answer>;
  send(request: Partial<RawRequest> & { body: string }): Promise<Answer>;
  /** A token as the channel signs it, with these claims over the usual ones; undefined leaves one out. */
  sign(claims?: Record<string, unknown>, options?: SignOptions): Promise<string>;
  /** The last request Teams sent; send it again to replay it byte for byte. */
  readonly lastRequest: RawRequest;
  screen(as: string): Screen;
  calls: Call[];
  /** Lets the next `times` (1) calls of a route fail; `*` is any. */
  fail(route: Route | '*', fault: Fault, times?: number): void;
  /** Forgets the faults that have not happened yet. */
  heal(): void;
  /** Makes every access token handed out so far too old. */
  expireTokens(): void;
  stop(): Promise<void>;
}
