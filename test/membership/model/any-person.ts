import fc from 'fast-check';

export const is = <Do extends string>(what: Do) => fc.constant(what);

/** Olivia's account in `acme`, Olga's in `other`; the others are not connected in the beginning. */
const workspaces = ['acme', 'other', 'new', 'tenant'];
const members = ['Olivia', 'Adam', 'Berta', 'Uma', 'Tim', 'Abel', 'Rick'];
const others = ['Rita', 'Paul', 'Nina', 'Fred'];

/** Members are meant most often. */
export const name = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...members) },
  { weight: 4, arbitrary: fc.constantFrom(...others) },
  fc.constantFrom('Olga', 'Otto'),
);
const someOf = (one: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 3, arbitrary: fc.tuple(one) }, fc.array(one, { minLength: 2, maxLength: 4 }));
export const someNames = someOf(name);
/** Those who are no members yet are invited most often. */
export const invitees = someOf(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...others) }, name));
const workspace = fc.oneof({ weight: 19, arbitrary: fc.constant('acme') }, fc.constantFrom(...workspaces));
export const speaker = fc.record({ name, workspace });
/** Mostly these, otherwise anybody. */
export const speakerOf = (...most: string[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.record({ name: fc.constantFrom(...most), workspace }) }, speaker);
/** Those who may do most act most, so that much is done. */
export const by = speakerOf('Olivia', 'Adam', 'Adam', 'Abel');
/** What is newest and open is meant most often. */
export const pick = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -4, max: -1 }) }, fc.nat(12));
export const picks = fc.array(pick, { minLength: 1, maxLength: 3 });
/** An organization somebody names, most often one there is. */
export const organization = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('Org of acme', 'Risk') },
  fc.constantFrom('Fraud', 'Org of other'),
);
