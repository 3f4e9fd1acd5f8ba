import { createHash, randomUUID } from 'node:crypto';
import type { PersonSeed, PretendPerson } from './types.ts';

/** The people of the tenant. */
export interface Directory {
  people: PretendPerson[];
  add(seed: PersonSeed): PretendPerson;
  /** By id, aadObjectId, name or e-mail. Throws, listing the names, when there is nobody. */
  person(wanted: string): PretendPerson;
  /** By id or aadObjectId, as the connector takes them. */
  find(id: string): PretendPerson | undefined;
}

/** An entry of a roster as the connector answers it. */
export interface Member {
  id: string;
  name: string;
  objectId: string;
  aadObjectId: string;
  givenName: string;
  surname: string;
  email: string;
  userPrincipalName: string;
  tenantId: string;
  userRole: 'user' | 'guest';
}

export function createDirectory(): Directory {
  const people: PretendPerson[] = [];
  const find = (id: string) => people.find((one) => one.id === id || one.aadObjectId === id);
  return {
    people,
    find,
    add: (seed) => {
      if (people.some((one) => one.name === seed.name))
        throw new Error(`There is already somebody named "${seed.name}".`);
      const { onTeam = seed.tenantId === undefined } = seed;
      const aadObjectId = randomUUID();
      const person: PretendPerson = {
        timeZone: 'Europe/Madrid',
        hasApp: onTeam,
        ...seed,
        onTeam,
        sentAway: false,
        aadObjectId,
        // The same person has another such id for every bot, so nothing can be read from it.
        id: `29:1${createHash('sha256').update(aadObjectId).digest('base64url')}`,
      };
      people.push(person);
      return person;
    },
    person: (wanted) => {
      const found = find(wanted) ?? people.find((one) => one.name === wanted || one.email === wanted);
      if (found) return found;
      throw new Error(
        `Nobody is called "${wanted}" here; there are: ${people.map((one) => one.name).join(', ')}.`,
      );
    },
  };
}

/** What a roster says about somebody. */
export function memberOf(person: PretendPerson, tenantId: string): Member {
  const { id, aadObjectId, realName, email } = person;
  const [givenName = '', ...rest] = realName.split(' ');
  const upn = person.isGuest ? `${email.replace('@', '_')}#EXT#@acme.onmicrosoft.test` : email;
  return {
    ...{ id, name: realName, objectId: aadObjectId, aadObjectId, givenName, surname: rest.join(' '), email },
    userPrincipalName: upn,
    tenantId: person.tenantId ?? tenantId,
    userRole: person.isGuest ? 'guest' : 'user',
  };
}
