// @ts-check
import { drawBlocks } from './blocks.js';
import { byId, h } from './element.js';
import { focusMark, restoreFocus } from './focus.js';

/** @import { View } from './block-kit.d.ts' */
/** @import { DrawContext } from './sandbox.d.ts' */

/** The app's Home tab; it is drawn again only when its view changed. */
export function createHome() {
  const pane = byId('view');
  let stamp = '';

  return {
    /** @param {{ key: string, view: View | undefined, context: () => DrawContext }} content */
    show({ key, view, context }) {
      const next = JSON.stringify([key, view]);
      if (next === stamp) return;
      const isSame = stamp.startsWith(JSON.stringify([key]).slice(0, -1));
      const mark = focusMark(pane);
      const scroll = isSame ? pane.scrollTop : 0;
      stamp = next;
      const content = view
        ? drawBlocks(view.blocks, context())
        : [h('p', { class: 'waiting' }, 'usher is preparing this page …')];
      pane.replaceChildren(h('div', { class: 'home' }, ...content));
      pane.scrollTop = scroll;
      restoreFocus(pane, mark);
    },
    /** Leaves the pane to somebody else. */
    forget() {
      stamp = '';
    },
  };
}
