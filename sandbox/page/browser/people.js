// @ts-check
import { drawAvatar } from './avatar.js';
import { byId, h } from './element.js';
import { updateKeyed } from './keyed.js';

/** @import { Person } from './sandbox.d.ts' */

/** @typedef {{ where: string, count: number }} Waiting */

/**
 * The list of people one can be; a number beside a name says that direct messages wait for that person.
 *
 * @param {Person[]} people
 * @param {{ current: string, unread: (email: string) => Waiting[], choose: (email: string) => void }} options people by
 * e-mail address; what waits on the platform not shown comes with its name
 */
export function showPeople(people, { current, unread, choose }) {
  updateKeyed(
    byId('people'),
    people.map((person) => {
      const waiting = unread(person.email).filter(({ count }) => count > 0);
      const isCurrent = person.email === current;
      return {
        key: person.id,
        stamp: JSON.stringify([person, waiting, isCurrent]),
        draw: () => h('li', {}, ...drawPerson(person, { waiting, isCurrent, choose })),
      };
    }),
  );
}

/**
 * @param {Person} person
 * @param {{ waiting: Waiting[], isCurrent: boolean, choose: (email: string) => void }} options
 */
function drawPerson(person, { waiting, isCurrent, choose }) {
  const { id, realName, note, email } = person;
  const count = waiting.reduce((sum, one) => sum + one.count, 0);
  const words = waiting.map(sentenceOf).join(', ');
  const button = h(
    'button',
    {
      type: 'button',
      class: 'person',
      title: email,
      'aria-label': realName,
      'aria-describedby': `about-${id}`,
      'aria-pressed': String(isCurrent),
      'data-focus': email,
      onclick: () => choose(email),
    },
    drawAvatar(realName, 'small'),
    h(
      'span',
      { class: 'who' },
      h('span', { class: 'name' }, realName),
      note && h('span', { class: 'note' }, note),
    ),
    count > 0 && h('span', { class: 'badge', title: words }, String(count)),
  );
  const about = [note, words].filter(Boolean).join(', ');
  return [button, h('span', { id: `about-${id}`, hidden: true }, about)];
}

/** @param {Waiting} waiting */
function sentenceOf({ where, count }) {
  return `${count === 1 ? '1 new message' : `${count} new messages`}${where && ` in ${where}`}`;
}
