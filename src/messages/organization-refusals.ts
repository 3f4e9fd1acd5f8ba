import type { Refusals } from '../membership/refusal.ts';
import type { Message } from './message.ts';
import { list, oneLine, quoted } from './words.ts';

type OrganizationRefusal =
  | 'name-is-empty'
  | 'organization-exists'
  | 'organization-name-not-usable'
  | 'organization-not-found'
  | 'no-other-organization'
  | 'is-there-already'
  | 'in-another-organization'
  | 'member-of-another-organization';

/** The sentences for every way to say no about organizations, and about who belongs to which. */
export const aboutOrganizations: { [Code in OrganizationRefusal]: (data: Refusals[Code]) => Message } = {
  'name-is-empty': () => ({
    summary: 'An organization needs a name.',
    body: ['Type the name of your department or company, for example "Payments".'],
  }),
  'organization-exists': ({ organization }) => ({
    summary: `There is an organization called ${organization} already.`,
    body: ['Every organization has a name of its own. Nothing was changed.'],
    buttons: [{ label: 'All organizations', action: { do: 'organizations' } }],
  }),
  'organization-name-not-usable': () => ({
    summary: 'An organization needs a name that can be typed in a command.',
    body: ['Leave out quotes and the signs @, < and >.'],
  }),
  'organization-not-found': ({ text, nearest }) => ({
    summary: text ? `There is no organization called ${quoted(text, 60)}.` : 'There is no such organization.',
    body: [
      nearest
        ? `Did you mean ${oneLine(nearest, 100)}? Nothing was done yet.`
        : 'Without a name at the end, a command is about your own organization. Nothing was done yet.',
    ],
  }),
  'no-other-organization': () => ({
    summary: 'There is only one organization in this account.',
    body: ['Make another one first: /usher org create is the command.'],
    buttons: [{ label: 'Create an organization…', action: { do: 'organization.create' } }],
  }),
  'is-there-already': ({ name, organization }) => ({
    summary: `${name} is a member of ${organization} already.`,
    body: ['Nothing was changed.'],
  }),
  'in-another-organization': ({ name, organization, home }) => ({
    summary: `${name} is a member of ${home}, not of ${organization}.`,
    body: [`The Owner of ${organization} has to be a member of it.`],
  }),
  'member-of-another-organization': ({ organization, home, ask }) => ({
    summary: `You are a member of ${home}, and joining ${organization} would not move you there.`,
    body: [
      `${ask.length > 0 ? list(ask, 'or') : 'An Account Admin'} can move you. You can also be added to projects across organizations at once.`,
    ],
  }),
};
