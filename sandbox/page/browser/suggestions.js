// @ts-check

/** @import { Person } from './sandbox.d.ts' */

/** @typedef {{ label: string, detail: string, text: string, caret: number }} Suggestion */

const commands = [
  { words: '', usage: '', detail: 'What can I do here? A card with buttons' },
  {
    words: 'invite',
    usage: '[addresses or @mentions] [as role]',
    detail: 'Invite people to your organization',
  },
  { words: 'pending', usage: '[search]', detail: 'Invitations nobody has answered yet' },
  { words: 'members', usage: '[search]', detail: 'Everybody who has joined' },
  { words: 'who', usage: '', detail: 'Your own card' },
  { words: 'help', usage: '', detail: 'The same card' },
];

/**
 * How one speaks to usher in a place: `start` stands before its words, `opens` is how a text that may become a command
 * begins, and a person is written as `@` and what `nameOf` says.
 *
 * @typedef {{ start: string, opens: RegExp, nameOf: (person: Person) => string }} Dialect
 */

/**
 * What could come next where the caret stands: people after an `@`, commands at the beginning.
 *
 * @param {string} text
 * @param {number} caret
 * @param {Person[]} people
 * @param {Dialect} dialect
 * @returns {Suggestion[]}
 */
export function suggest(text, caret, people, dialect) {
  if (!dialect.opens.test(text)) return [];
  const before = text.slice(0, caret);
  const commands = suggestCommands(text, dialect);
  const mention = /(?:^|[\s,;])@([^\s@,;]*)$/.exec(before);
  return mention ? [...commands, ...suggestPeople(text, caret, mention[1] ?? '', people, dialect)] : commands;
}

/** @param {string} text @param {Dialect} dialect @returns {Suggestion[]} */
function suggestCommands(text, { start }) {
  const typed = text.replace(/\s+$/, '').toLowerCase();
  return commands
    .map(({ words, ...rest }) => ({ ...rest, words: `${start} ${words}`.trim() }))
    .filter(({ words }) => words !== '' && words.toLowerCase().startsWith(typed))
    .map(({ words, usage, detail }) => {
      const full = usage ? `${words} ` : words;
      return { label: `${words} ${usage}`.trim(), detail, text: full, caret: full.length };
    });
}

/**
 * How the command being written goes on, once its words stand there.
 *
 * @param {string} text
 * @param {Dialect} dialect
 */
export function usageOf(text, { start }) {
  const command = commands.findLast(
    ({ words }) => words !== '' && text.startsWith(`${`${start} ${words}`.trim()} `),
  );
  return command?.usage ? `${start} ${command.words} ${command.usage}`.trim() : undefined;
}

/**
 * @param {string} text
 * @param {number} caret
 * @param {string} typed
 * @param {Person[]} people
 * @param {Dialect} dialect
 */
function suggestPeople(text, caret, typed, people, { nameOf }) {
  const wanted = typed.toLowerCase();
  return people
    .filter(({ name, realName }) =>
      [name, ...realName.split(' ')].some((word) => word.toLowerCase().startsWith(wanted)),
    )
    .map((person) => {
      const start = `${text.slice(0, caret - typed.length)}${nameOf(person)} `;
      return {
        label: `@${nameOf(person)}`,
        detail: `${person.realName} · ${person.email}`,
        text: start + text.slice(caret),
        caret: start.length,
      };
    });
}
