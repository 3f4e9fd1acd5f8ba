import type { PretendSlack } from './slack/pretend-slack.ts';
import type { Shown } from './slack/types.ts';

/** What the people of the pretend workspace do and see, as steps of a test or a story. */
export interface People {
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

/** Lets people act in this workspace over the wire, as Slack would. */
export function createPeople(slack: PretendSlack): People {
  const messages = (who: string) =>
    slack
      .screen(who)
      .conversations.flatMap((conversation) => conversation.messages)
      .sort((a, b) => Number(a.ts) - Number(b.ts));
  const sees = (who: string, text: string) =>
    slack.until(
      () => messages(who).findLast((message) => textOf(message).includes(text)),
      `${who} sees "${text}"`,
    );
  return {
    messages,
    sees,
    async setUp() {
      await slack.command('olivia', '');
      await slack.press('olivia', await sees('olivia', 'usher is not set up'), 'Set up usher');
      await slack.until(() => slack.screen('olivia').modal, 'the set-up form opens');
      await slack.submit('olivia', { organization: 'Payments' });
      await sees('olivia', 'Payments is set up');
    },
    async invite(who, words) {
      await slack.command(who, `invite ${words}`);
      const review = await sees(who, 'Nothing is sent before you press Send');
      await slack.press(who, review, /\[(Send [^\]]+)\]/.exec(textOf(review))?.[1] ?? 'Send');
      await sees(who, 'usher tells you here what they answer');
    },
    async join(who) {
      await slack.press(who, await sees(who, '[Join Payments]'), 'Join Payments');
      await sees(who, 'Welcome to Payments!');
    },
  };
}

/** Everything a person sees of a message, as text: what the eyes read, in order, and the labels of its buttons. */
export function textOf(message: Pick<Shown, 'text' | 'blocks'>): string {
  if (message.blocks.length === 0) return message.text;
  return message.blocks
    .map(read)
    .join('\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
}

function read(node: unknown): string {
  if (Array.isArray(node)) return node.map(read).join('');
  if (typeof node !== 'object' || node === null) return '';
  const { type, text, elements } = node as { type?: string; text?: unknown; elements?: unknown };
  if (type === 'button') return ` [${read(text)}]`;
  return typeof text === 'string' ? text : read(text) + read(elements);
}
