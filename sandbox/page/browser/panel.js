// @ts-check
import { byId, h } from './element.js';
import { updateKeyed } from './keyed.js';

/** @import { Task } from './sandbox.d.ts' */

/**
 * @param {Task[]} tasks
 * @param {{ done: Set<string>, start: (task: Task) => void }} options
 */
export function showTasks(tasks, { done, start }) {
  const next = tasks.find(({ title }) => !done.has(title));
  updateKeyed(
    byId('tasks'),
    tasks.map((task, index) => {
      const state = done.has(task.title) ? 'done' : task === next ? 'next' : 'later';
      return {
        key: String(index),
        stamp: JSON.stringify([task, state]),
        draw: () => drawTask(task, { number: index + 1, state, start }),
      };
    }),
  );
}

/**
 * @param {Task} task
 * @param {{ number: number, state: 'done' | 'next' | 'later', start: (task: Task) => void }} options
 */
function drawTask(task, { number, state, start }) {
  const label = task.text ? 'Write it for me' : 'Take me there';
  const button = h(
    'button',
    {
      type: 'button',
      class: state === 'next' ? 'button primary' : 'button',
      'aria-label': `${label}: step ${number}`,
      'data-focus': String(number),
      onclick: () => start(task),
    },
    label,
  );
  return h(
    'li',
    { class: `task ${state}` },
    h('span', { class: 'number', 'aria-hidden': 'true' }, state === 'done' ? '✓' : String(number)),
    h(
      'div',
      {},
      h('p', {}, task.title, state === 'done' && h('span', { class: 'sr-only' }, ' (done)')),
      task.text && h('code', {}, task.text),
      h('div', { class: 'task-start' }, button, task.as && h('span', { class: 'muted' }, `as ${task.as}`)),
    ),
  );
}

/**
 * Wires the clock; `passTime` throws with a sentence when it did not work.
 *
 * @param {(hours: number) => Promise<void>} passTime
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
      await passTime(hours);
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
