import type { Mentioned } from '../membership/address-list.ts';
import type { Context } from '../membership/context.ts';
import type { Right, Standing } from '../membership/policy.ts';
import type { Action, FormAction } from '../messages/action.ts';
import type { Message } from '../messages/message.ts';
import type { Posting } from '../messages/messenger.ts';
import type { Answers, Fields, Form, Problems } from './form.ts';
import type { GivenFile } from './given-file.ts';

/** What commands need beside what operations need. */
export interface CommandContext extends Context {
  /** Whoever was mentioned in the same workspace: their verified address, or why there is none to use. */
  findMentioned(userId: string): Promise<Mentioned>;
  /** A file that came with the words. */
  file?: GivenFile;
  /** Fetches a file somebody gave; refuses one with more bytes than this, and one that cannot be had. */
  readFile(file: GivenFile, mostBytes: number): Promise<Uint8Array>;
  /** Says how far long work is, in place of what was pressed; its answer takes that place in the end. */
  meanwhile?(message: Message): Promise<void>;
  /** Where they ask, when several people are there. */
  here?: Here | undefined;
}

/** A channel or group chat in which somebody asks. */
export interface Here {
  id: string;
  /** What people call it. */
  name: string;
  /** Says something for all to see; undefined when usher may not write there. */
  say(message: Message): Promise<Posting | undefined>;
  change(posting: Posting, message: Message): Promise<void>;
}

/**
 * What the actor gets, and nobody else: a message (in place of the one whose button was pressed when `replace` is set),
 * or a form to fill in.
 */
export type Reply = Said | { form: Form };

/** An answer in words. */
export type Said = { message: Message; replace?: true };

/** A word people can type after `/usher`. */
export interface Command {
  word: string;
  /** For help: what it does, and how it is typed. */
  does: string;
  example: string;
  /** What it does for those without this right, where that is less. */
  without?: { right: Right; does: string };
  /**
   * Whether an Account Admin may name another organization at the end of the words ("… in Payments"). Unless this says
   * otherwise they may, and a name that is unknown stays part of the words; `known`: it is refused; `none`: not asked;
   * `quiet`: it stays part of the words, where "in" has another meaning too, and nothing is said about it.
   */
  organization?: 'known' | 'none' | 'quiet';
  /** Whether help offers it to this member; the operation behind it decides for itself. */
  offeredTo(standing: Standing): boolean;
  run(context: CommandContext, words: string): Promise<Reply>;
}

/** A form: how its answers are checked at once, and what becomes of them. */
export interface FormDefinition<F extends Fields = Fields> {
  /** What kind of answer belongs to each field: what comes back from a platform is read by it. */
  kinds: { [Name in keyof F]: F[Name]['kind'] };
  /** Pure and immediate, so that problems are shown beside the fields before anything slow begins. */
  check(answers: Answers<F>): Problems<F> | undefined;
  submit(context: CommandContext, answers: Answers<F>): Promise<Reply>;
}

/** What buttons do, one function for every action there is. */
export type ActionHandlers = {
  [Do in Action['do']]: (
    context: CommandContext,
    action: Extract<Action, { do: Do }>,
  ) => Promise<Do extends FormAction ? Reply : Said>;
};
