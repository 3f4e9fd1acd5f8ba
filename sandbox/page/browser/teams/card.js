// @ts-check
import { h } from '../element.js';
import { hostConfig } from './host-config.js';
import { drawMarkdown } from './markdown.js';

/** @import * as Library from 'adaptivecards' */
/** @import { Card, Press, Values } from './types.d.ts' */

/** @typedef {{ do?: string }} Asked */

/** The official library, which the page loads before this module. */
const { AdaptiveCard, ChoiceSetInput, HostConfig, OpenUrlAction, SubmitAction, ExecuteAction } =
  /** @type {typeof Library} */ (Reflect.get(window, 'AdaptiveCards'));

AdaptiveCard.onProcessMarkdown = (text, result) => {
  // Drawn as nodes and read back, so that what the library takes for HTML has every text of people escaped.
  result.outputHtml = h('div', {}, drawMarkdown(text)).innerHTML;
  result.didProcess = true;
};

/**
 * A card as Teams draws it. A button is busy until `press` is done; required and other constraints of inputs are
 * checked before, by the library. What it cannot draw is said in its place.
 *
 * @param {Card} json
 * @param {{ scope: string, values?: Record<string, string>, press: (press: Press) => Promise<void> }} options `values`
 * stand in the inputs instead of what the card says
 * @returns {HTMLElement}
 */
export function drawCard(json, { scope, values = {}, press }) {
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(hostConfig);
  let busy = false;
  card.onExecuteAction = async (action) => {
    if (action instanceof OpenUrlAction) return openUrl(action.url);
    if (!(action instanceof SubmitAction || action instanceof ExecuteAction) || busy) return;
    busy = true;
    action.renderedElement?.setAttribute('aria-busy', 'true');
    await press({ actionId: action.id ?? '', does: whatItDoes(action), values: valuesOf(card) }).finally(
      () => {
        busy = false;
        action.renderedElement?.removeAttribute('aria-busy');
      },
    );
  };
  card.parse(json);
  for (const input of card.getAllInputs()) {
    const value = values[input.id ?? ''];
    if (value !== undefined) Reflect.set(input, 'defaultValue', value);
  }
  const drawn = card.render();
  if (!drawn) return h('p', { class: 'unknown' }, 'Teams cannot draw this card.');
  markFocusable(drawn, scope);
  const isFull = /** @type {{ width?: string } | undefined} */ (json.msteams)?.width === 'Full';
  return h('div', { class: isFull ? 'card full' : 'card' }, drawn);
}

/** What stands in its inputs; several choices of one as a list. @param {Library.AdaptiveCard} card @returns {Values} */
function valuesOf(card) {
  return Object.fromEntries(
    card.getAllInputs().map((input) => {
      const value = String(input.value ?? '');
      const several = input instanceof ChoiceSetInput && input.isMultiSelect;
      return [input.id ?? '', several ? value.split(',').filter(Boolean) : value];
    }),
  );
}

/** What a button asks usher for: the name in its data, or its verb. @param {Library.SubmitAction | Library.ExecuteAction} action */
function whatItDoes(action) {
  const data = /** @type {{ action?: Asked, open?: { action?: Asked } }} */ (action.data ?? {});
  const verb = action instanceof ExecuteAction ? action.verb : undefined;
  return data.action?.do ?? data.open?.action?.do ?? verb ?? '';
}

/** @param {string | undefined} url */
function openUrl(url) {
  if (url && /^https?:/i.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
}

/** Lets the keyboard find its place again after the card was redrawn. @param {HTMLElement} drawn @param {string} scope */
function markFocusable(drawn, scope) {
  drawn.querySelectorAll('button, input, textarea, select').forEach((element, index) => {
    if (element instanceof HTMLElement) element.dataset.focus = `${scope}/${index}`;
  });
}
