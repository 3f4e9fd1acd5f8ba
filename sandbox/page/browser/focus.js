// @ts-check

/** @typedef {{ name: string, start: number | null, end: number | null }} Mark */

/**
 * Remembers which marked element (`data-focus`) inside `root` has the keyboard, and where its caret is.
 *
 * @param {Element} root
 * @returns {Mark | undefined}
 */
export function focusMark(root) {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !root.contains(active) || !active.dataset.focus) return undefined;
  const field =
    active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement ? active : undefined;
  return {
    name: active.dataset.focus,
    start: field?.selectionStart ?? null,
    end: field?.selectionEnd ?? null,
  };
}

/**
 * Gives the keyboard back to the redrawn twin of a remembered element, unless something else has it by now.
 *
 * @param {Element} root
 * @param {Mark | undefined} mark
 */
export function restoreFocus(root, mark) {
  if (!mark || (document.activeElement && document.activeElement !== document.body)) return;
  const twin = root.querySelector(`[data-focus="${CSS.escape(mark.name)}"]`);
  if (!(twin instanceof HTMLElement)) return;
  twin.focus({ preventScroll: true });
  const hasCaret =
    twin instanceof HTMLTextAreaElement || (twin instanceof HTMLInputElement && mark.start !== null);
  if (hasCaret) twin.setSelectionRange(mark.start, mark.end);
}
