import { afterEach } from 'vitest';
import {
  createPretendTeams,
  type PretendTeams,
  type PretendTeamsOptions,
} from '../../sandbox/teams/pretend-teams.ts';
import type { Shown } from '../../sandbox/teams/types.ts';
import { createTinyBot, type TinyBot } from './tiny-bot.ts';

/** A pretend Teams with people of every kind, and a botbuilder app connected to it. */
export interface TinyTenant {
  teams: PretendTeams;
  bot: TinyBot;
  /** What a person sees in a place; in the chat with the bot by default. */
  messagesOf(name: string, place?: string): Shown[];
  lastOf(name: string, place?: string): Shown;
  /** Sends a card to a person, past any activity of theirs; resolves with the id of the conversation. */
  sendCard(name: string, card: object): Promise<string>;
}

const started: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of started.splice(0).reverse()) await stop();
});

/** Starts a tenant; it stops after the test. */
export async function createTinyTenant(options: Partial<PretendTeamsOptions> = {}): Promise<TinyTenant> {
  const teams = await createPretendTeams({
    people: [
      { name: 'ana', realName: 'Ana Ruiz', email: 'ana@acme.test' },
      { name: 'bob', realName: 'Bob Lee', email: 'bob@acme.test', timeZone: 'America/New_York' },
      { name: 'gu', realName: 'Gu Est', email: 'guest@else.test', isGuest: true },
      { name: 'team', realName: 'Tea Mate', email: 'tea@acme.test', hasApp: false },
      { name: 'far', realName: 'Far Away', email: 'far@acme.test', onTeam: false },
      { name: 'gone', realName: 'Gone Girl', email: 'gone@acme.test', deleted: true },
    ],
    ...options,
  });
  started.push(teams.stop);
  const bot = await createTinyBot(teams);
  started.push(bot.stop);
  const messagesOf = (name: string, place = 'usher') =>
    teams.screen(name).conversations.find((one) => one.name === place)?.messages ?? [];
  return {
    teams,
    bot,
    messagesOf,
    lastOf: (name, place) => {
      const last = messagesOf(name, place).at(-1);
      if (!last) throw new Error(`${name} sees nothing.`);
      return last;
    },
    sendCard: async (name, card) => {
      const { id } = await bot.client.conversations.createConversation(chatWith(teams, name));
      await bot.client.conversations.sendToConversation(id, messageWith(card));
      return id;
    },
  };
}

/** What opens the chat with a person. */
export function chatWith({ tenantId, appId, person }: PretendTeams, name: string) {
  return {
    isGroup: false,
    bot: { id: `28:${appId}`, name: 'usher' },
    members: [{ id: person(name).id, name: '' }],
    tenantId,
    channelData: {},
    activity: undefined as never,
  };
}

export const cardOf = (...body: object[]) => ({ type: 'AdaptiveCard' as const, version: '1.5', body });
export const button = (title: string, data: object) => ({ type: 'Action.Submit', title, data });
export const attached = (content: object) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content,
});
export const messageWith = (card: object) => ({ type: 'message', attachments: [attached(card)] });

/** The status and code of a call that is refused. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'not refused',
    (error: { statusCode?: number; code?: string; body?: unknown; message: string }) =>
      `${error.statusCode} ${error.code ?? error.message}`,
  );
}
