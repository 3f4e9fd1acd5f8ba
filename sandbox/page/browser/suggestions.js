// @ts-check

/** @import { Person } from './sandbox.d.ts' */

/** @typedef {{ label: string, detail: string, text: string, caret: number }} Suggestion */

const commands = [
  { words: '/usher', usage: '', detail: 'What can I do here? A card with buttons' },
  {
    words: '/usher invite',
    usage: '[addresses or @mentions] [as role]',
    detail: 'Invite people to your organization',
  },
  { words: '/usher pending', usage: '[search]', detail: 'Invitations nobody has answered yet' },
  { words: '/usher members', usage: '[search]', detail: 'Everybody who has joined' },
  { words: '/usher who', usage: '', detail: 'Your own card' },
  { words: '/usher help', usage: '', detail: 'The same as /usher' },
];

/**
 * What could come next where the caret stands: people after an `@`, commands after a `/` at the beginning.
 *
 * @param {string} text
 * @param {number} caret
 * @param {Person[]} people
 * @returns {Suggestion[]}
 */
export function suggest(text, caret, people) {
  if (!text.startsWith('/')) return [];
  const before = text.slice(0, caret);
  const mention = /(?:^|[\s,;])@([^\s@,;]*)$/.exec(before);
  if (mention) return suggestPeople(text, caret, mention[1] ?? '', people);
  const typed = text.replace(/\s+$/, '');
  return commands
    .filter(({ words }) => words.startsWith(typed.toLowerCase()))
    .map(({ words, usage, detail }) => {
      const full = usage ? `${words} ` : words;
      return { label: `${words} ${usage}`.trim(), detail, text: full, caret: full.length };
    });
}

/**
 * How the command being written goes on, once its words stand there.
 *
 * @param {string} text
 */
export function usageOf(text) {
  const command = commands.findLast(({ words }) => text.startsWith(`${words} `));
  return command?.usage ? `${command.words} ${command.usage}` : undefined;
}

/**
 * @param {string} text
 * @param {number} caret
 * @param {string} typed
 * @param {Person[]} people
 */
function suggestPeople(text, caret, typed, people) {
  const wanted = typed.toLowerCase();
  return people
    .filter(({ name, realName }) =>
      [name, ...realName.split(' ')].some((word) => word.toLowerCase().startsWith(wanted)),
    )
    .map(({ name, realName, email }) => {
      const start = `${text.slice(0, caret - typed.length)}${name} `;
      return {
        label: `@${name}`,
        detail: `${realName} · ${email}`,
        text: start + text.slice(caret),
        caret: start.length,
      };
    });
}
