// @ts-check

/** @import { State } from './state.js' */
/** @import { Task } from './sandbox.d.ts' */

/**
 * Ticks off the task whose command was sent, if need be with other words after it.
 *
 * @param {State} state
 * @param {string} as
 * @param {string} text
 */
export function noteCommand(state, as, text) {
  /** @param {(wanted: string) => boolean} matches */
  const find = (matches) =>
    open(state).find(
      (task) =>
        task.until === undefined && task.text !== undefined && matches(task.text) && isFor(state, as, task),
    );
  tick(state, find((wanted) => wanted === text) ?? find((wanted) => firstWords(wanted) === firstWords(text)));
}

/**
 * Ticks off the task that this person has done by pressing a button. Action ids are what the button does and a number.
 *
 * @param {State} state
 * @param {string} as
 * @param {string} actionId
 */
export function notePress(state, as, actionId) {
  const pressed = actionId.split(':')[0];
  tick(
    state,
    open(state).find(
      ({ until, ...task }) => until && 'press' in until && until.press === pressed && isFor(state, as, task),
    ),
  );
}

/** Ticks off the tasks that waited for the clock. @param {State} state @param {number} hours passed in all */
export function noteHours(state, hours) {
  for (const task of open(state))
    if (task.until && 'hours' in task.until && task.until.hours <= hours) tick(state, task);
}

/** Whether the person is meant by a task's `as`. @param {{ name: string, realName: string }} person @param {Pick<Task, 'as'>} task */
export function isMeant({ name, realName }, { as }) {
  return [name, realName].some((one) => one.toLowerCase() === as?.toLowerCase());
}

/** @param {State} state */
function open(state) {
  return state.tasks.filter(({ title }) => !state.done.has(title));
}

/** @param {State} state @param {Task | undefined} task */
function tick(state, task) {
  if (task) state.done.add(task.title);
}

/** @param {State} state @param {string} as @param {Pick<Task, 'as'>} task */
function isFor(state, as, task) {
  const person = state.people.find(({ id }) => id === as);
  return task.as === undefined || (person !== undefined && isMeant(person, task));
}

/** @param {string} text */
function firstWords(text) {
  return text.trim().split(/\s+/).slice(0, 2).join(' ');
}
