import { type Seen, textOf } from '../chat.ts';
import type { World } from '../world.ts';

/** Prints what people do and see; one line a call. */
export type Tell = (line: string) => void;

/** Lets people act, and tells it: every step rejects when what should be seen is not. */
export interface Narrator<Shown extends Seen> {
  world: World<Shown>;
  tell: Tell;
  show(who: string, message: Shown): void;
  /** Waits until somebody sees this text, and shows the message. */
  shows(who: string, text: string): Promise<Shown>;
  types(who: string, text: string): Promise<void>;
  presses(who: string, message: Shown, button: string): Promise<void>;
  /** Fills in the form that opens. */
  fills(who: string, answers: Record<string, string>): Promise<void>;
}

/** A narrator of what happens in this world. */
export function createNarrator<Shown extends Seen>(world: World<Shown>, tell: Tell): Narrator<Shown> {
  const { chat, sees } = world;
  const { nameOf } = chat;
  const show = (who: string, message: Shown) => {
    const isPrivate = 'ephemeral' in message && message.ephemeral;
    tell(`  ${nameOf(who)} sees${isPrivate ? ' (nobody else does)' : ''}:`);
    for (const line of textOf(message).split('\n')) tell(`    │ ${line}`);
  };
  return {
    ...{ world, tell, show },
    async shows(who, text) {
      const message = await sees(who, text);
      show(who, message);
      return message;
    },
    async types(who, text) {
      tell(`\n${nameOf(who)} types: ${chat.platform === 'slack' ? `/usher ${text}` : text || 'usher'}`);
      await chat.command(who, text);
    },
    async presses(who, message, button) {
      tell(`\n${nameOf(who)} presses: ${button}`);
      await chat.press(who, message, button);
    },
    async fills(who, answers) {
      await chat.until(() => chat.hasModal(who), 'the form opens');
      tell(`${nameOf(who)} fills in the form: ${Object.values(answers).join(', ') || 'nothing to change'}`);
      await chat.submit(who, answers);
    },
  };
}
