// @ts-check

/** @import { State } from './state.js' */
/** @import { Task } from './sandbox.d.ts' */

/**
 * Ticks off the task whose command was sent, if need be with other words after it, and the tasks before it that asked for no command.
 *
 * @param {State} state
 * @param {string} as
 * @param {string} text
 */
export function noteCommand(state, as, text) {
  /** @param {(wanted: string) => boolean} matches */
  const find = (matches) =>
    state.tasks.findIndex(
      (task) =>
        task.text !== undefined &&
        matches(task.text) &&
        !state.done.has(task.title) &&
        isFor(state, as, task),
    );
  const exact = find((wanted) => wanted === text);
  const reached = exact >= 0 ? exact : find((wanted) => firstWords(wanted) === firstWords(text));
  for (const [index, task] of state.tasks.entries())
    if (index === reached || (index < reached && task.text === undefined)) state.done.add(task.title);
}

/**
 * Ticks off the next task when it asked this person for no command but a click.
 *
 * @param {State} state
 * @param {string} as
 */
export function noteClick(state, as) {
  const next = state.tasks.find(({ title }) => !state.done.has(title));
  if (next && next.text === undefined && isFor(state, as, next)) state.done.add(next.title);
}

/** Whether the person is meant by a task's `as`. @param {{ name: string, realName: string }} person @param {Task} task */
export function isMeant({ name, realName }, { as }) {
  return [name, realName].some((one) => one.toLowerCase() === as?.toLowerCase());
}

/** @param {State} state @param {string} as @param {Task} task */
function isFor(state, as, task) {
  const person = state.people.find(({ id }) => id === as);
  return task.as === undefined || (person !== undefined && isMeant(person, task));
}

/** @param {string} text */
function firstWords(text) {
  return text.trim().split(/\s+/).slice(0, 2).join(' ');
}
