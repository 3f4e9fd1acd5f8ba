import type { Refusals } from '../membership/refusal.ts';
import type { Message } from './message.ts';
import { poolName } from './pools.ts';
import { count, list, quoted, upTo } from './words.ts';

type LicenseRefusal =
  | 'source-of-another-organization'
  | 'product-not-found'
  | 'source-not-found'
  | 'product-name-not-usable'
  | 'product-exists'
  | 'not-enough-seats'
  | 'not-a-number-of-seats'
  | 'fewer-seats-than-used'
  | 'no-license'
  | 'one-source-per-license'
  | 'no-seats-at-all'
  | 'machine-id-is-empty';

/** The sentences for every way to say no about licences. */
export const aboutLicenses: { [Code in LicenseRefusal]: (data: Refusals[Code]) => Message } = {
  'source-of-another-organization': ({ name, organization }) => ({
    summary: `${name} can have licences from ${organization} or from the account, not from there.`,
    body: ['Seats that are dedicated to an organization are for its members alone.'],
  }),
  'product-not-found': ({ text, products }) => ({
    summary: text
      ? `There is no licence called ${quoted(text, 60)} to assign.`
      : 'There is no such licence to assign.',
    body: [
      products.length > 0
        ? `There are: ${list(upTo(products, 20).shown)}. For example: /usher license ana@acme.com ${products[0]}`
        : 'Type /usher licenses to see what there is.',
    ],
  }),
  'source-not-found': ({ text, product, sources }) => ({
    summary: text
      ? `${product || 'This licence'} does not come from ${quoted(text, 60)}.`
      : sources.length > 0
        ? 'Seats of an organization are for its own people.'
        : 'These seats are not to be had any more, or not for you to see.',
    body: [
      sources.length > 0
        ? `It comes from ${list(upTo(sources, 20).shown, 'or')}.`
        : 'Type /usher licenses to see what there is.',
    ],
  }),
  'product-name-not-usable': () => ({
    summary: 'A product needs a name that can be typed in a command.',
    body: [
      'Take letters, digits, spaces, and . + - _ ( ) / # &, 40 characters at most, without the words from, and, with, as.',
    ],
  }),
  'product-exists': ({ product }) => ({
    summary: `There is a product called ${product} already.`,
    body: ['Every product has a name of its own. Nothing was changed.'],
    buttons: [{ label: 'Catalogue', action: { do: 'catalogue' } }],
  }),
  'not-enough-seats': ({ product, source, missing, ask }) => ({
    summary: `${poolName({ product, organization: source })} has too few seats: ${count(missing, 'is', 'are')} missing.`,
    body: [
      `Nothing was changed. ${ask.length > 0 ? list(ask, 'or') : source === null ? 'An Account Admin' : 'The Owner'} can add seats.`,
    ],
    buttons: [{ label: 'See licences', action: { do: 'licenses', product } }],
  }),
  'not-a-number-of-seats': ({ limit }) => ({
    summary: 'That is not a number of seats.',
    body: [`Type a whole number from 0 to ${limit.toLocaleString('en')}, in digits. Nothing was changed.`],
  }),
  'fewer-seats-than-used': ({ product, source, used, dedicated }) => ({
    summary: `${poolName({ product, organization: source })} cannot have fewer seats than are given away.`,
    body: [
      `${list([`${count(used, 'is', 'are')} used`, ...(dedicated > 0 ? [`${count(dedicated, 'is', 'are')} dedicated to organizations`] : [])])}. Take some back first. Nothing was changed.`,
    ],
    buttons: [{ label: 'See licences', action: { do: 'licenses' } }],
  }),
  'no-license': ({ name, product, you }) => ({
    summary: `${you ? 'You do' : `${name} does`} not have a licence${product ? ` for ${product}` : ''}.`,
    body: ['Nothing was changed. /usher who shows which licences somebody has.'],
  }),
  'one-source-per-license': ({ product }) => ({
    summary: `${product} was named twice, and a licence comes from one source.`,
    body: ['Choose each licence once. Nothing was sent.'],
  }),
  'no-seats-at-all': () => ({
    summary: 'There is no seat to assign.',
    body: ['Seats are added by whoever sets them: /usher licenses shows how many there are.'],
    buttons: [{ label: 'See licences', action: { do: 'licenses' } }],
  }),
  'machine-id-is-empty': () => ({
    summary: 'A machine needs an id to be registered.',
    body: ['Nothing was registered.'],
  }),
};
