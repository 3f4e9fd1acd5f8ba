import type { App } from '@slack/bolt';
import { afterEach } from 'vitest';
import {
  createPretendSlack,
  type PretendSlack,
  type PretendSlackOptions,
} from '../../sandbox/slack/pretend-slack.ts';
import type { Shown } from '../../sandbox/slack/types.ts';
import { createTinyApp } from './tiny-app.ts';

/** A pretend Slack with six people of every kind, and a Bolt app connected to it. */
export interface TinyWorld {
  slack: PretendSlack;
  app: App;
  /** What a person sees in a channel, or in the direct message under `usher`. */
  messagesOf(name: string, channel?: string): Shown[];
  lastOf(name: string, channel?: string): Shown;
  channelId(name: string): string;
  /** Takes the app away, as if it had crashed. */
  stopApp(): Promise<void>;
}

const started: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of started.splice(0).reverse()) await stop();
});

/** Starts a world; it stops after the test. */
export async function createTinyWorld(options: Partial<PretendSlackOptions> = {}): Promise<TinyWorld> {
  const slack = await createPretendSlack({
    people: [
      { name: 'ana', realName: 'Ana Ruiz', email: 'ana@acme.test', isOwner: true, note: 'Owner of Payments' },
      { name: 'bob', realName: 'Bob Lee', email: 'bob@acme.test', timeZone: 'America/New_York' },
      { name: 'gone', realName: 'Gone Girl', email: 'gone@acme.test', deleted: true, isAdmin: true },
      { name: 'guest', realName: 'Gu Est', email: 'guest@else.test', isSingleChannelGuest: true },
      { name: 'robot', realName: 'Robot', email: '', isBot: true },
      { name: 'stranger', realName: 'Stran Ger', email: 'ana@other.test', teamId: 'T0OTHER' },
    ],
    channels: ['general', 'payments', { name: 'quiet', withoutBot: true }],
    ...options,
  });
  started.push(slack.stop);
  const tiny = await createTinyApp(slack);
  started.push(tiny.stop);
  const conversation = (name: string, channel: string) =>
    slack.screen(name).conversations.find((one) => one.name === channel);
  const messagesOf = (name: string, channel = 'general') => conversation(name, channel)?.messages ?? [];
  return {
    slack,
    app: tiny.app,
    messagesOf,
    stopApp: tiny.stop,
    channelId: (name) => conversation('ana', name)?.id ?? '',
    lastOf: (name, channel) => {
      const last = messagesOf(name, channel).at(-1);
      if (!last) throw new Error(`${name} sees nothing.`);
      return last;
    },
  };
}

/** The error of a call that is refused. */
export async function refusal(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'not refused',
    (error: unknown) => error,
  );
}

export const section = (text: string) => ({
  type: 'section' as const,
  text: { type: 'mrkdwn' as const, text },
});
export const button = (text: string, action_id: string, value = '') => ({
  type: 'button' as const,
  text: { type: 'plain_text' as const, text },
  action_id,
  value,
});
export const actions = (...elements: ReturnType<typeof button>[]) => ({ type: 'actions' as const, elements });
