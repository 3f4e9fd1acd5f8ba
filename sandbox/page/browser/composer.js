// @ts-check
import { createSuggestionList } from './suggestion-list.js';

/** @import { Suggestion } from './suggestions.js' */

/**
 * @typedef {object} ComposerPorts
 * @property {(text: string) => string | undefined} send takes the text, or says in a sentence why not
 * @property {() => string[]} sent commands sent before, oldest first
 * @property {(text: string, caret: number) => Suggestion[]} suggest what could come next
 * @property {(text: string) => string | undefined} usageOf how the command being written goes on
 * @property {(text: string) => void} drafted
 */

/**
 * The field at the bottom. Enter sends, Tab completes, the arrows walk the suggestions or, in an empty field, the
 * commands sent before.
 *
 * @param {HTMLElement} form with a text area, a list of suggestions, and a note that says what the keys do
 * @param {ComposerPorts} ports
 */
export function createComposer(form, ports) {
  const field = part(form, 'textarea', HTMLTextAreaElement);
  const note = part(form, '.composer-note', HTMLElement);
  const hint = note.textContent ?? '';
  const suggestions = createSuggestionList(field, part(form, '.suggestions', HTMLElement), (suggestion) => {
    write(suggestion.text, suggestion.caret);
    field.focus();
  });
  /** Steps back in the commands sent; 0 is the text being written. */
  let back = 0;
  let place = '';

  /** @param {string} text @param {number} [caret] */
  function write(text, caret = text.length) {
    field.value = text;
    field.setSelectionRange(caret, caret);
    suggestions.offer([]);
    settle();
  }

  function settle() {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
    form.classList.toggle('ready', field.value.trim() !== '');
    form.classList.remove('prepared');
    say(ports.usageOf(field.value) ?? hint);
    ports.drafted(field.value);
  }

  /** @param {string} sentence @param {boolean} [isObjection] */
  function say(sentence, isObjection = false) {
    if (note.textContent !== sentence) note.textContent = sentence;
    note.classList.toggle('objection', isObjection);
  }

  function send() {
    const text = field.value.trim();
    if (text === '') return;
    suggestions.offer([]);
    const objection = ports.send(text);
    if (objection) return say(objection, true);
    back = 0;
    write('');
  }

  /** @param {1 | -1} step */
  function recall(step) {
    const sent = ports.sent();
    const next = Math.min(Math.max(back + step, 0), sent.length);
    if (next !== back) write(sent[sent.length - next] ?? '');
    back = next;
  }

  /** @type {Record<string, (event: KeyboardEvent) => boolean>} whether the key was used */
  const keys = {
    Enter(event) {
      if (event.shiftKey || event.isComposing) return false;
      const chosen = suggestions.chosen();
      if (chosen) write(chosen.text, chosen.caret);
      else send();
      return true;
    },
    Tab(event) {
      const suggestion = suggestions.chosen() ?? suggestions.first();
      if (event.shiftKey || !suggestion) return false;
      write(suggestion.text, suggestion.caret);
      return true;
    },
    Escape() {
      const wasOpen = suggestions.isOpen();
      suggestions.offer([]);
      return wasOpen;
    },
    ArrowUp: () => walk(-1),
    ArrowDown: () => walk(1),
  };

  /** @param {1 | -1} step @returns {boolean} */
  function walk(step) {
    if (suggestions.isOpen()) suggestions.move(step);
    else if (field.value === '' || back > 0) recall(step < 0 ? 1 : -1);
    else return false;
    return true;
  }

  field.addEventListener('keydown', (event) => {
    if (keys[event.key]?.(event)) event.preventDefault();
  });
  field.addEventListener('input', () => {
    back = 0;
    settle();
    suggestions.offer(ports.suggest(field.value, field.selectionStart));
  });
  field.addEventListener('blur', () => suggestions.offer([]));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
    field.focus();
  });

  return {
    /**
     * Puts the draft of another conversation into the field; the same place again changes nothing.
     *
     * @param {{ key: string, placeholder: string, draft: string }} where
     */
    show({ key, placeholder, draft }) {
      form.hidden = false;
      if (key === place) return;
      place = key;
      back = 0;
      field.placeholder = placeholder;
      write(draft);
    },
    hide() {
      form.hidden = true;
    },
    /** What was written, which goes out with something else; the field is empty then. */
    take() {
      const text = field.value.trim();
      write('');
      return text;
    },
    /** Writes the text for the person, and lets the field catch the eye. @param {string} text */
    prepare(text) {
      back = 0;
      write(text);
      field.focus();
      say('Press Enter to send it.');
      requestAnimationFrame(() => form.classList.add('prepared'));
    },
  };
}

/**
 * @template {HTMLElement} E
 * @param {HTMLElement} form
 * @param {string} selector
 * @param {new () => E} type
 * @returns {E}
 */
function part(form, selector, type) {
  const found = form.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`#${form.id} has no ${selector}`);
  return found;
}
