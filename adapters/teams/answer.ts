import type { Reply } from '../../src/commands/command.ts';
import type { Message } from '../../src/messages/message.ts';
import { Undeliverable } from '../../src/messages/messenger.ts';
import { answeredPrivately, installFirst } from '../../src/messages/welcome.ts';
import { type Address, addressOf, type Inbound, type OpenChat } from './activity.ts';
import type { Outgoing } from './card.ts';
import type { Connector } from './client.ts';
import { renderFormOffer } from './render-form.ts';
import { type Opener, renderMessage, renderPages } from './render-message.ts';

/** Where an answer to one person can go. */
export interface Target {
  userId: string;
  name: string;
  /** Where they asked; in a room others would see the answer. */
  where: Address;
  isRoom: boolean;
  /** The card whose button was pressed. */
  pressed?: string | undefined;
  /** What would open the form that may be the answer. */
  open?: Opener | undefined;
}

/** The target of whatever an activity asks. */
export function targetOf(inbound: Inbound): Target {
  return {
    userId: inbound.from.aadObjectId ?? '',
    name: inbound.from.name ?? '',
    where: addressOf(inbound),
    isRoom: inbound.conversation.conversationType !== 'personal',
    pressed: inbound.replyToId ?? undefined,
  };
}

/** Answers people. */
export interface Answerer {
  answer(target: Target, reply: Reply): Promise<void>;
  /** Answers somebody in their own chat. Returns what to say where they asked. */
  answerAside(target: Target, reply: Reply): Promise<Message>;
}

/** Gives people their answers in their own chat with usher. Nobody else sees them. */
export function createAnswerer(connector: Connector, openChat: OpenChat): Answerer {
  async function answer(target: Target, reply: Reply): Promise<void> {
    if (target.isRoom) {
      await connector.send(target.where, renderMessage(await answerAside(target, reply)));
      return;
    }
    const pages = render(target, reply);
    const replaces = 'message' in reply && reply.replace && target.pressed !== undefined;
    if (replaces && (await replace(target.where, target.pressed ?? '', reply.message, pages))) return;
    await sendAll(target.where, pages);
  }

  async function sendAll(where: Address, pages: readonly Outgoing[]): Promise<void> {
    for (const page of pages) await connector.send(where, page);
  }

  async function answerAside(target: Target, reply: Reply): Promise<Message> {
    const { userId, name } = target;
    try {
      await sendAll(await openChat({ userId }), render(target, reply));
      return answeredPrivately(name);
    } catch (error) {
      if (!(error instanceof Undeliverable)) throw error;
      return installFirst(name);
    }
  }

  /**
   * Draws the pressed card anew; what does not fit into it follows, and it keeps the first sentence. False when the card
   * is gone, and the answer has to stand beside it.
   */
  async function replace(
    where: Address,
    pressed: string,
    message: Message,
    pages: Outgoing[],
  ): Promise<boolean> {
    const [only, ...more] = pages;
    const fits = only && more.length === 0;
    try {
      await connector.update(where, pressed, fits ? only : renderMessage({ summary: message.summary }));
    } catch (error) {
      if (error instanceof Undeliverable) return false;
      throw error;
    }
    if (!fits) await sendAll(where, pages);
    return true;
  }

  return { answer, answerAside };
}

function render({ open }: Target, reply: Reply): Outgoing[] {
  if ('message' in reply) return renderPages(reply.message);
  return [renderFormOffer(reply.form, open ?? { action: { do: 'help' } })];
}
