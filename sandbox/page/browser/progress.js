// @ts-check

/** @import { Person, Task } from './sandbox.d.ts' */

const remembered = 'usher-sandbox-done';

/** The tasks of the panel and which of them were tried, on either platform; kept for this tab only. */
export function createProgress() {
  /** Titles. @type {Set<string>} */
  const done = new Set(load());
  const progress = {
    /** @type {Task[]} */
    tasks: [],
    done,

    /** Ticks off the task whose command was sent, if need be with other words after it. @param {Person | undefined} person @param {string} text */
    noteCommand(person, text) {
      const words = commandOf(text);
      /** @param {(wanted: string) => boolean} matches */
      const find = (matches) =>
        open(
          ({ until, text: wanted, as }) =>
            !until && wanted !== undefined && matches(commandOf(wanted)) && isMeant(person, as),
        );
      tick(find((wanted) => wanted === words) ?? find((wanted) => firstWord(wanted) === firstWord(words)));
    },

    /** Ticks off the task that this person has done by pressing a button that does this. @param {Person | undefined} person @param {string} action */
    notePress(person, action) {
      tick(
        open(({ until, as }) => !!until && 'press' in until && until.press === action && isMeant(person, as)),
      );
    },

    /** Ticks off the tasks that waited for the clock. @param {number} hours passed in all */
    noteHours(hours) {
      for (const task of progress.tasks)
        if (task.until && 'hours' in task.until && task.until.hours <= hours) tick(task);
    },

    /** Begins again. */
    forget() {
      done.clear();
      save();
    },
  };
  return progress;

  /** The first task not yet done that is so. @param {(task: Task) => boolean} isSo */
  function open(isSo) {
    return progress.tasks.find((task) => !done.has(task.title) && isSo(task));
  }

  /** @param {Task | undefined} task */
  function tick(task) {
    if (task) done.add(task.title);
    save();
  }

  function save() {
    sessionStorage.setItem(remembered, JSON.stringify([...done]));
  }
}

/** @typedef {ReturnType<typeof createProgress>} Progress */

/** @returns {string[]} */
function load() {
  try {
    return JSON.parse(sessionStorage.getItem(remembered) ?? '[]');
  } catch {
    return [];
  }
}

/** Whether the person is the one a task names; a task that names nobody is for everybody. @param {Person | undefined} person @param {string | undefined} as */
export function isMeant(person, as) {
  if (as === undefined) return true;
  return [person?.name, person?.realName].some((one) => one?.toLowerCase() === as.toLowerCase());
}

/** What is asked of usher, without the way one calls it: `/usher` in Slack, perhaps a mention in Teams. @param {string} text */
export function commandOf(text) {
  return text.replace(/^\s*[/@]?usher(?:\s+|$)/i, '').trim();
}

/** @param {string} text */
function firstWord(text) {
  return text.split(/\s+/)[0] ?? '';
}
