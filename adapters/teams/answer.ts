import type { Reply } from '../../src/commands/command.ts';
import type { Message } from '../../src/messages/message.ts';
import { Undeliverable } from '../../src/messages/messenger.ts';
import { answeredPrivately, installFirst } from '../../src/messages/welcome.ts';
import { type Address, addressOf, type Inbound } from './activity.ts';
import type { Outgoing } from './card.ts';
import type { Connector } from './client.ts';
import type { OpenChat } from './messenger.ts';
import { renderFormOffer } from './render-form.ts';
import { type Opener, renderMessage } from './render-message.ts';

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
}

/** Gives people their answers in their own chat with usher. Nobody else sees them. */
export function createAnswerer(connector: Connector, openChat: OpenChat): Answerer {
  async function answer(target: Target, reply: Reply): Promise<void> {
    const outgoing = render(target, reply);
    if (target.isRoom) return answerPrivately(target, outgoing);
    const replaces = 'message' in reply && reply.replace && target.pressed !== undefined;
    if (replaces && (await replace(target.where, target.pressed ?? '', outgoing))) return;
    await connector.send(target.where, outgoing);
  }

  async function answerPrivately({ userId, name, where }: Target, outgoing: Outgoing): Promise<void> {
    let said: Message = answeredPrivately(name);
    try {
      await connector.send(await openChat({ userId }), outgoing);
    } catch (error) {
      if (!(error instanceof Undeliverable)) throw error;
      said = installFirst(name);
    }
    await connector.send(where, renderMessage(said));
  }

  /** False when the card is gone, and the answer has to stand beside it. */
  async function replace(where: Address, activityId: string, outgoing: Outgoing): Promise<boolean> {
    try {
      await connector.update(where, activityId, outgoing);
      return true;
    } catch (error) {
      if (error instanceof Undeliverable) return false;
      throw error;
    }
  }

  return { answer };
}

function render({ open }: Target, reply: Reply): Outgoing {
  if ('message' in reply) return renderMessage(reply.message);
  return renderFormOffer(reply.form, open ?? { action: { do: 'help' } });
}
