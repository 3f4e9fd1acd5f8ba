import type { PretendSlack } from './slack/pretend-slack.ts';
import type { Shown as SlackShown } from './slack/types.ts';
import { textOfCard } from './teams/card-text.ts';
import type { PretendTeams } from './teams/pretend-teams.ts';
import type { Shown as TeamsShown } from './teams/types.ts';

/** The chats there are a pretend one of. */
export type Platform = 'slack' | 'teams';

/** A message as one person sees it, on either platform. */
export type Seen = SlackShown | TeamsShown;

/** usher's answer over HTTP. */
type Answer = { status: number; body: unknown };

/** How a message looks there. */
export type ShownIn = { slack: SlackShown; teams: TeamsShown };

/** What people do and see in the same way on either platform, so that one test or story plays in both. */
export interface Chat<Shown extends Seen = Seen> {
  platform: Platform;
  /** The full name of somebody. */
  nameOf(who: string): string;
  /** Everything usher said that somebody sees, everywhere, oldest first; in Slack also what others wrote. */
  messages(who: string): Shown[];
  /** Which message it is, also after it has changed. */
  keyOf(message: Shown): string;
  /** Types a command: after `/usher`, or to usher itself in Teams. */
  command(who: string, text: string): Promise<Answer>;
  press(who: string, message: Shown, label: string): Promise<Answer>;
  hasModal(who: string): boolean;
  /** Fills in the open form, by the names of its fields, and submits it. */
  submit(who: string, answers: Record<string, string | string[]>): Promise<Answer>;
  until: PretendSlack['until'];
}

/** Everything a person sees of a message, as text: what the eyes read, in order, and the labels of its buttons. */
export function textOf(message: Pick<SlackShown, 'text' | 'blocks' | 'files'> | TeamsShown): string {
  if ('cards' in message) {
    const files = (message.files ?? []).map(
      ({ name, offer }) => name + (offer ? ` ${offer.description} [Allow] [Decline]` : ''),
    );
    return [message.text, ...message.cards.map(textOfCard), ...files, message.notice ?? '']
      .filter((part) => part !== '')
      .join('\n');
  }
  const files = (message.files ?? []).map(({ name }) => name);
  if (message.blocks.length === 0) return [message.text, ...files].join('\n').trim();
  return message.blocks
    .map(read)
    .join('\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
}

/** A pretend Slack as a chat. */
export function slackChat(slack: PretendSlack): Chat<SlackShown> {
  return {
    platform: 'slack',
    nameOf: (who) => slack.person(who).realName,
    messages: (who) =>
      slack
        .screen(who)
        .conversations.flatMap(({ messages }) => messages)
        .sort((a, b) => Number(a.ts) - Number(b.ts)),
    keyOf: (message) => `${message.channel} ${message.ts}`,
    command: (who, text) => slack.command(who, text),
    press: (who, message, label) => slack.press(who, message, label),
    hasModal: (who) => slack.screen(who).modal !== undefined,
    submit: (who, answers) => slack.submit(who, answers),
    until: slack.until,
  };
}

/** A pretend Teams as a chat. */
export function teamsChat(teams: PretendTeams): Chat<TeamsShown> {
  const bot = `28:${teams.appId}`;
  return {
    platform: 'teams',
    nameOf: (who) => teams.person(who).realName,
    messages: (who) =>
      teams
        .screen(who)
        .conversations.flatMap(({ messages }) => messages)
        .filter(({ from }) => from === bot)
        .sort((a, b) => a.sentAt - b.sentAt),
    keyOf: (message) => `${message.conversation} ${message.id}`,
    // Teams sends no empty message; usher's own name says as much.
    command: (who, text) => teams.command(who, text || 'usher'),
    press: (who, message, label) => teams.press(who, message, label),
    hasModal: (who) => teams.screen(who).modal !== undefined,
    submit: (who, answers) => teams.submit(who, answers),
    until: teams.until,
  };
}

function read(node: unknown): string {
  if (Array.isArray(node)) return node.map(read).join('');
  if (typeof node !== 'object' || node === null) return '';
  const { type, text, elements } = node as { type?: string; text?: unknown; elements?: unknown };
  if (type === 'button') return ` [${read(text)}]`;
  return typeof text === 'string' ? text : read(text) + read(elements);
}
