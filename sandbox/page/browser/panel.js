// @ts-check
import { byId, h } from './element.js';
import { updateKeyed } from './keyed.js';
import { commandOf } from './progress.js';

/** @import { Platform, Task } from './sandbox.d.ts' */

/**
 * The numbered list; the task to try next is marked, and moves into view when it changes.
 *
 * @param {Task[]} tasks
 * @param {{ platform: Platform, done: Set<string>, start: (task: Task) => void }} options
 */
export function showTasks(tasks, { platform, done, start }) {
  const list = byId('tasks');
  const shown = list.querySelector('.next');
  const next = tasks.find(({ title }) => !done.has(title));
  updateKeyed(
    list,
    tasks.map((task, index) => {
      const state = done.has(task.title) ? 'done' : task === next ? 'next' : 'later';
      return {
        key: String(index),
        stamp: JSON.stringify([task, state, platform]),
        draw: () => drawTask(task, { number: index + 1, state, text: textOf(task, platform), start }),
      };
    }),
  );
  const marked = list.querySelector('.next');
  if (marked !== shown) marked?.scrollIntoView({ block: 'nearest' });
}

/**
 * @param {Task} task
 * @param {{ number: number, state: 'done' | 'next' | 'later', text: string | undefined, start: (task: Task) => void }} options
 */
function drawTask(task, { number, state, text, start }) {
  const isDone = state === 'done';
  const label = isDone ? 'Again' : text ? 'Write it for me' : 'Take me there';
  const look = { done: 'again', next: 'button primary', later: 'button' }[state];
  const button = h(
    'button',
    {
      type: 'button',
      class: look,
      'aria-label': `${label}: step ${number}`,
      'data-focus': String(number),
      onclick: () => start(task),
    },
    label,
  );
  const mark = h('span', { class: 'number', 'aria-hidden': 'true' }, isDone ? '✓' : String(number));
  const title = isDone ? [task.title, h('span', { class: 'sr-only' }, ' (done)'), ' ', button] : [task.title];
  return h(
    'li',
    { class: `task ${state}` },
    mark,
    h('div', {}, h('p', {}, ...title), !isDone && text && h('code', {}, text), !isDone && button),
  );
}

/** The command as one types it on this platform. @param {Task} task @param {Platform} platform */
function textOf({ text, in: only, place }, platform) {
  if (text === undefined) return undefined;
  const start = (only ?? platform) === 'slack' ? '/usher' : place === undefined ? '' : '@usher';
  return `${start} ${commandOf(text)}`.trim();
}

/**
 * Wires the clock; `passTime` gets the hours now and in all, and throws with a sentence when it did not work.
 *
 * @param {(hours: number, passed: number) => Promise<void>} passTime
 */
export function createClock(passTime) {
  const said = byId('clock-said');
  const buttons = [...byId('clock').querySelectorAll('button')];
  let passed = 0;

  /** @param {HTMLButtonElement} button */
  async function pass(button) {
    const hours = Number(button.value);
    for (const one of buttons) one.disabled = true;
    said.textContent = 'The clock is running …';
    try {
      await passTime(hours, passed + hours);
      passed += hours;
      said.textContent = passed === 1 ? '1 hour has passed.' : `${passed} hours have passed in all.`;
    } catch (error) {
      said.textContent = error instanceof Error ? error.message : String(error);
    }
    for (const one of buttons) one.disabled = false;
    button.focus();
  }

  for (const button of buttons) button.addEventListener('click', () => void pass(button));
}
