import { type Chat, type Seen, slackChat, teamsChat, textOf } from './chat.ts';

import type { PretendSlack } from './slack/pretend-slack.ts';
import type { Shown as SlackShown } from './slack/types.ts';
import type { PretendTeams } from './teams/pretend-teams.ts';
import type { Shown as TeamsShown } from './teams/types.ts';

export { textOf } from './chat.ts';

/** What the people of a pretend workspace or tenant do and see, as steps of a test or a story. */
export interface People<Shown extends Seen = Seen> {
  /** Where they do it. */
  chat: Chat<Shown>;
  /** Everything somebody sees in their direct messages and channels, oldest first. */
  messages(who: string): Shown[];
  /** The newest message somebody sees that contains this text, as soon as it is there. */
  sees(who: string, text: string): Promise<Shown>;
  /** Olivia sets usher up as Owner of Payments. */
  setUp(): Promise<void>;
  /** Invites by command and confirms the review. */
  invite(who: string, words: string): Promise<void>;
  /** Presses Join in the newest invitation. */
  join(who: string): Promise<void>;
}

/** Lets people act in this workspace or tenant over the wire, as Slack or Teams would. */
export function createPeople(slack: PretendSlack): People<SlackShown>;
export function createPeople(teams: PretendTeams): People<TeamsShown>;
export function createPeople(pretend: PretendSlack | PretendTeams): People<never> {
  return peopleIn((isSlack(pretend) ? slackChat(pretend) : teamsChat(pretend)) as Chat<never>);
}

function isSlack(pretend: PretendSlack | PretendTeams): pretend is PretendSlack {
  return 'botToken' in pretend;
}

function peopleIn<Shown extends Seen>(chat: Chat<Shown>): People<Shown> {
  const { messages, command, press } = chat;
  const sees = (who: string, text: string) =>
    chat.until(
      () => messages(who).findLast((message) => textOf(message).includes(text)),
      `${who} sees "${text}"`,
    );
  return {
    ...{ chat, messages, sees },
    async setUp() {
      await command('olivia', '');
      await press('olivia', await sees('olivia', 'usher is not set up'), 'Set up usher');
      await chat.until(() => chat.hasModal('olivia'), 'the set-up form opens');
      await chat.submit('olivia', { organization: 'Payments' });
      await sees('olivia', 'Payments is set up');
    },
    async invite(who, words) {
      await command(who, `invite ${words}`);
      const review = await sees(who, 'Nothing is sent before you press Send');
      await press(who, review, /\[(Send [^\]]+)\]/.exec(textOf(review))?.[1] ?? 'Send');
      await sees(who, 'usher tells you here what they answer');
    },
    async join(who) {
      await press(who, await sees(who, '[Join Payments]'), 'Join Payments');
      await sees(who, 'Welcome to Payments!');
    },
  };
}
