import type { Modal } from '../../sandbox/slack/types.ts';
import type { TestWorld } from '../world.ts';

/** The form that this act opens for somebody. */
export async function opens(
  { slack }: TestWorld,
  who: string,
  title: string,
  act: () => Promise<unknown>,
): Promise<Modal> {
  await act();
  return slack.until(() => {
    const { modal } = slack.screen(who);
    return modal?.title?.text === title && modal;
  }, `${who} sees the form "${title}"`);
}

/** The labels of everything somebody can press on a message or home, in order. */
export function buttonsOf({ blocks }: { blocks: { type: string }[] }): string[] {
  return blocks.flatMap((block) =>
    block.type === 'actions'
      ? (block as unknown as { elements: { text: { text: string } }[] }).elements.map(({ text }) => text.text)
      : [],
  );
}
