declare const parsed: unique symbol;

/** A valid address in its one normal form; only `parseEmailAddress` makes one, so equal people are equal strings. */
export type EmailAddress = string & { readonly [parsed]: true };

const longestLocalPart = 64;
const longestDomain = 253;

// Each pattern knows only ASCII: `String.trim` would drop a zero-width U+FEFF, and `toLowerCase` makes a plain k of the
// Kelvin sign U+212A. 254 is the longest address that can be delivered.
const asciiWord = /^[ \t\r\n]*([!-~]{1,254})[ \t\r\n]*$/;
const dotAtom = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const domainName =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * One bare address, spaces around it dropped and A–Z lower-cased; undefined when anything is left that is not a
 * dot-atom, an @ and a domain name in ASCII. Tags (`+x`) and dots in front of the @ stay: they may be other people.
 */
export function parseEmailAddress(text: string): EmailAddress | undefined {
  const address = asciiWord.exec(text)?.[1]?.toLowerCase();
  if (address === undefined) return undefined;
  const at = address.indexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  const domain = address.slice(at + 1);
  if (local.length > longestLocalPart || domain.length > longestDomain) return undefined;
  return dotAtom.test(local) && domainName.test(domain) ? (address as EmailAddress) : undefined;
}

/** What others may see of an address: `a•••@acme.test`; only dots of something that is not an address. */
export function maskEmailAddress(email: string): string {
  const address = parseEmailAddress(email);
  return address === undefined ? '•••' : `${address.charAt(0)}•••${address.slice(address.indexOf('@'))}`;
}

/** The big mail providers people mistype, most common first. */
const suggestedDomains = [
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'yahoo.com',
  'icloud.com',
  'googlemail.com',
  'proton.me',
  'protonmail.com',
  'fastmail.com',
];

/**
 * Real domains that are a letter away from the ones above: nobody who has an address there made a mistake. Short
 * provider names (aol.com, live.com) are never suggested: too many companies are one letter away from them.
 */
const realDomains = ['ymail.com', 'mail.com', 'email.com', 'cloud.com'];

const knownDomains = new Set([...suggestedDomains, ...realDomains]);

/**
 * The address somebody may have meant: one typing slip (a letter too many, too few, another, or two swapped) away from
 * an own domain or else a big mail provider; undefined when the domain is known or own, or nothing is that near.
 */
export function suggestAddress(email: EmailAddress, ownDomains: readonly string[]): EmailAddress | undefined {
  const at = email.indexOf('@');
  const domain = email.slice(at + 1);
  const own = ownDomains.filter((name) => Math.abs(name.length - domain.length) <= 1).map(lowerCaseAscii);
  if (knownDomains.has(domain) || own.includes(domain)) return undefined;
  for (const candidates of [own, suggestedDomains]) {
    const meant = candidates.find((candidate) => isOneSlipApart(domain, candidate));
    if (meant !== undefined) return parseEmailAddress(email.slice(0, at + 1) + meant);
  }
  return undefined;
}

function lowerCaseAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}

function isOneSlipApart(a: string, b: string): boolean {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  if (longer.length - shorter.length > 1 || a === b) return false;
  let at = 0;
  while (at < shorter.length && a[at] === b[at]) at += 1;
  if (longer.length > shorter.length) return longer.slice(at + 1) === shorter.slice(at);
  const isSwapped = a[at] === b[at + 1] && a[at + 1] === b[at];
  return a.slice(at + 1) === b.slice(at + 1) || (isSwapped && a.slice(at + 2) === b.slice(at + 2));
}

const sharedMailboxes = new Set(
  `abuse accounting accounts admin administrator all billing booking bookings careers compliance contact customercare
  customerservice customersupport donotreply enquiries everyone feedback finance hello help helpdesk hostmaster hr
  humanresources info inquiries invoice invoices it itsupport jobs legal mail mailerdaemon marketing media news
  newsletter noc noreply notifications office operations ops orders payments payroll postmaster press privacy
  procurement purchasing reception recruiting recruitment root sales security service servicedesk staff support
  sysadmin team webmaster welcome`.split(/\s+/),
);

/** Whether an address looks like a role's (`admin@`, `no-reply@`, `sales+de@`) rather than a person's: a guess by name. */
export function isSharedMailbox(email: EmailAddress): boolean {
  const [name = ''] = email.split(/[+@]/);
  // Only between longer words: `no-reply` is `noreply`, but `h.r@` may be somebody's initials.
  return sharedMailboxes.has(name.replace(/(?<=[a-z]{2})[._-](?=[a-z]{2})/g, ''));
}
