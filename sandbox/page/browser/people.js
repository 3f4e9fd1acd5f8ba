// @ts-check
import { drawAvatar } from './avatar.js';
import { byId, h } from './element.js';
import { updateKeyed } from './keyed.js';

/** @import { Person } from './sandbox.d.ts' */

/**
 * The list of people one can be; a number beside a name says that direct messages wait for that person.
 *
 * @param {Person[]} people
 * @param {{ current: string, unread: (id: string) => number, choose: (id: string) => void }} options
 */
export function showPeople(people, { current, unread, choose }) {
  updateKeyed(
    byId('people'),
    people.map((person) => {
      const count = unread(person.id);
      const isCurrent = person.id === current;
      return {
        key: person.id,
        stamp: JSON.stringify([person, count, isCurrent]),
        draw: () => h('li', {}, ...drawPerson(person, { count, isCurrent, choose })),
      };
    }),
  );
}

/**
 * @param {Person} person
 * @param {{ count: number, isCurrent: boolean, choose: (id: string) => void }} options
 */
function drawPerson(person, { count, isCurrent, choose }) {
  const { id, realName, note, email } = person;
  const waiting = count === 1 ? '1 new message' : `${count} new messages`;
  const button = h(
    'button',
    {
      type: 'button',
      class: 'person',
      title: email,
      'aria-label': realName,
      'aria-describedby': `about-${id}`,
      'aria-pressed': String(isCurrent),
      'data-focus': id,
      onclick: () => choose(id),
    },
    drawAvatar(realName, 'small'),
    h(
      'span',
      { class: 'who' },
      h('span', { class: 'name' }, realName),
      note && h('span', { class: 'note' }, note),
    ),
    count > 0 && h('span', { class: 'badge', title: waiting }, String(count)),
  );
  const about = [note, count > 0 && waiting].filter(Boolean).join(', ');
  return [button, h('span', { id: `about-${id}`, hidden: true }, about)];
}
