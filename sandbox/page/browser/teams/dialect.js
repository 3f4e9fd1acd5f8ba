// @ts-check

/** @import { Person } from '../sandbox.d.ts' */
/** @import { Place } from '../state.js' */
/** @import { Dialect } from '../suggestions.js' */

/** usher among the people one can mention. @type {Person} */
export const usherItself = {
  id: 'usher',
  name: 'usher',
  realName: 'usher',
  email: 'the app',
  timeZone: 'UTC',
};

/** @param {Person} person */
const nameOf = ({ name }) => name;

/** With usher alone one just says it; elsewhere usher has to be mentioned first. @param {Place} place @returns {Dialect} */
export function dialectOf(place) {
  const isAlone = place.kind !== 'conversation' || place.conversation.kind === 'dm';
  return { start: isAlone ? '' : '@usher', opens: /\S/, nameOf };
}
