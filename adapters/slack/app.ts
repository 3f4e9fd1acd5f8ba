import { App, ExpressReceiver, LogLevel, webApi } from '@slack/bolt';
import type { Express } from 'express';
import type { Database } from '../../db/connect.ts';
import { createAfterAck } from '../../src/commands/after-ack.ts';
import type { CommandContext, Reply } from '../../src/commands/command.ts';
import {
  answering,
  checkForm,
  pressButton,
  type ReportFault,
  runCommand,
  submitForm,
} from '../../src/commands/run-command.ts';
import type { Context } from '../../src/membership/context.ts';
import { action as actionSchema } from '../../src/messages/action.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Messenger } from '../../src/messages/messenger.ts';
import { outsiderMessage, staleMessage } from '../../src/messages/refusals.ts';
import { createAnswerer, type Target } from './answer.ts';
import { clientOptions } from './client.ts';
import { createGate } from './gate.ts';
import { findHere, isShared } from './here.ts';
import { createIdentity, type Envelope } from './identity.ts';
import { createMessenger } from './messenger.ts';
import { createFileReader } from './read-file.ts';
import { readForm } from './read-form.ts';
import { readWords } from './read-words.ts';

export interface SlackOptions {
  signingSecret: string;
  botToken: string;
  apiUrl: string;
  /** How long Slack may take to answer one request. */
  patienceMs: number;
  db: Database;
  /** What operations need, except who acts. */
  context: Omit<Context, 'actor' | 'db'>;
  report: ReportFault;
}

export interface Slack {
  messenger: Messenger;
  /** Mounts `POST /slack/events`. */
  mount(web: Express): void;
  /** Resolves when everything that was acknowledged has been answered. */
  idle(): Promise<void>;
}

/** usher in one Slack workspace: every request is acknowledged at once, and worked on after it. */
export function createSlack(options: SlackOptions): Slack {
  const calling = clientOptions(options.apiUrl, options.patienceMs);
  const client = new webApi.WebClient(options.botToken, calling);
  const team = once(async () => {
    const { team_id: teamId, bot_id: botId, user_id: botUserId } = await client.auth.test();
    return { teamId: teamId ?? '', botId: botId ?? '', botUserId: botUserId ?? '' };
  });
  const teamId = async () => (await team()).teamId;
  const identity = createIdentity(client, teamId);
  const readFile = createFileReader(options);
  const answerer = createAnswerer(client, options.report);
  const working = createAfterAck(options.report, 'slack');

  const messenger = createMessenger(client, teamId);

  async function replyTo(
    envelope: Envelope,
    run: (context: CommandContext) => Promise<Reply>,
  ): Promise<Reply> {
    const actor = await identity.identify(envelope);
    if (!actor) return { message: outsiderMessage() };
    const here = findHere(messenger, actor.workspaceId, envelope.place);
    const { findMentioned } = identity;
    return run({ ...options.context, db: options.db, actor, findMentioned, readFile, here });
  }

  function afterAck(envelope: Envelope, target: Target, run: (context: CommandContext) => Promise<Reply>) {
    const meanwhile = (message: Message) =>
      answerer.answer(target, { message, replace: true }).catch((error) => options.report(error, 'slack'));
    working.begin(async () => {
      const asked = (context: CommandContext) => run({ ...context, meanwhile });
      const reply = await answering(options.report, () => replyTo(envelope, asked));
      await answerer.answer(target, reply);
    });
  }

  function mount(web: Express): void {
    // A wrong token is better known now than when the first person types.
    team().catch((error) => options.report(error, 'Slack does not take SLACK_BOT_TOKEN'));
    web.use('/slack/events', ...createGate(options));
    // The receiver mounts its routes as it is made: after the gate.
    const receiver = new ExpressReceiver({
      signingSecret: options.signingSecret,
      app: web as never,
      logLevel: LogLevel.ERROR,
    });
    const app = new App({
      receiver,
      authorize: async () => ({ botToken: options.botToken, ...(await team()) }),
      clientOptions: calling,
      logLevel: LogLevel.ERROR,
    });
    app.error(async (error) => options.report(error, 'slack'));
    listen(app);
  }

  function listen(app: App): void {
    app.command(/.*/, async ({ ack, body }) => {
      await ack();
      const target = { userId: body.user_id, triggerId: body.trigger_id, responseUrl: body.response_url };
      const place = { id: body.channel_id, name: body.channel_name };
      const envelope = { teamId: body.team_id, userId: body.user_id, place };
      afterAck(envelope, target, (context) => runCommand(context, readWords(body.text), options.report));
    });

    app.action(/.*/, async ({ ack, body, action }) => {
      await ack();
      if (body.type !== 'block_actions') return;
      const target = {
        userId: body.user.id,
        triggerId: body.trigger_id,
        responseUrl: body.response_url,
        ...(body.view?.type === 'home' ? { onHome: 'pressed' as const } : {}),
        isShared: isShared(body),
      };
      const envelope = { teamId: body.user.team_id ?? body.team?.id, userId: body.user.id };
      const pressed = actionSchema.safeParse(parse('value' in action ? action.value : undefined));
      afterAck(envelope, target, async (context) =>
        pressed.success ? pressButton(context, pressed.data, options.report) : { message: staleMessage() },
      );
    });

    app.view(/.*/, async ({ ack, body, view }) => {
      const form = readForm(view);
      const problems = form && checkForm(form.name, form.answers);
      if (problems) {
        await ack({ response_action: 'errors', errors: problems as Record<string, string> });
        return;
      }
      await ack();
      if (!form) return;
      const target = { userId: body.user.id, ...form.carried };
      const envelope = { teamId: body.user.team_id ?? body.team?.id, userId: body.user.id };
      afterAck(envelope, target, (context) => submitForm(context, form.name, form.answers, options.report));
    });

    app.event('app_home_opened', async ({ event, body }) => {
      if (event.tab !== 'home') return;
      const envelope = { teamId: body.team_id, userId: event.user };
      const target = { userId: event.user, onHome: 'opened' } as const;
      afterAck(envelope, target, (context) => runCommand(context, '', options.report));
    });
  }

  return {
    messenger,
    mount,
    idle: working.idle,
  };
}

function parse(value: string | undefined): unknown {
  try {
    return JSON.parse(value ?? '');
  } catch {
    return undefined;
  }
}

/** Asks once and keeps the answer; a failure is asked again. */
function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined;
  return () => {
    asked ??= ask().catch((error) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
}
