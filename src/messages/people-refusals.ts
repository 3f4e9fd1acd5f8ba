import type { Refusals } from '../membership/refusal.ts';
import type { Message } from './message.ts';
import { count, list, oneLine, quoted } from './words.ts';

type PeopleRefusal =
  | 'nobody-named'
  | 'not-all-said'
  | 'person-not-found'
  | 'member-not-found'
  | 'too-many-people'
  | 'is-the-owner'
  | 'one-at-a-time'
  | 'own-role-upwards'
  | 'is-account-admin'
  | 'last-account-admin'
  | 'not-an-active-member'
  | 'still-a-member'
  | 'removing-yourself'
  | 'address-does-not-match'
  | 'nobody-to-transfer-to'
  | 'details-not-usable'
  | 'nobody-to-choose';

/** What is wrong with a detail, and an example. */
export const detailProblems: Record<Refusals['details-not-usable']['field'], string> = {
  phone:
    'A phone number has digits, and may have spaces and + ( ) - . / between them. Example: +34 600 123 456.',
  employedSince: 'Choose a day of the calendar between 1950 and five years from now. Example: 2026-11-21.',
};

const handOver = { label: 'Hand over the ownership…', action: { do: 'transfer' } } as const;

/** The sentences for every way to say no to acting on people. */
export const aboutPeople: { [Code in PeopleRefusal]: (data: Refusals[Code]) => Message } = {
  'nobody-named': ({ example }) => ({
    summary: 'Please say whom you mean.',
    body: [`Type a name, an e-mail address or an @mention, for example: ${example}`],
  }),
  'not-all-said': ({ lacks, example }) => ({
    summary: `Please say which ${lacks} you mean, too.`,
    body: [`Type it behind the name, for example: ${example}`],
  }),
  'person-not-found': ({ text, where }) => ({
    summary: `Nobody${where ? ` in ${oneLine(where, 100)}` : ''} was found for ${quoted(text, 60)}.`,
    body: [
      'Type a part of the name, the whole e-mail address, or an @mention.',
      '/usher members shows everybody, and /usher pending who has not joined yet.',
    ],
  }),
  'member-not-found': () => ({
    summary: 'There is no such person.',
    body: ['Type /usher members to see who is here.'],
  }),
  'too-many-people': ({ count: number, limit }) => ({
    summary: `That is ${count(number, 'person', 'people')}; one command takes ${limit.toLocaleString('en')}.`,
    body: ['Name fewer of them at a time. Nothing was changed yet.'],
  }),
  'is-the-owner': ({ name, organization, you }) => ({
    summary: `${you ? 'You are' : `${name} is`} the Owner of ${organization}, and an organization always has one.`,
    body: [
      you
        ? 'Hand the ownership over to somebody else first, then you become Admin: /usher transfer is the command.'
        : `${name} has to hand the ownership over to somebody else first; nobody else can do that.`,
    ],
    ...(you ? { buttons: [handOver] } : {}),
  }),
  'one-at-a-time': ({ example }) => ({
    summary: 'This takes one person at a time.',
    body: [`Name one person, for example: ${example}`],
  }),
  'own-role-upwards': () => ({
    summary: 'Nobody gives themselves a higher role.',
    body: ['Somebody else who may grant it has to do it.'],
  }),
  'is-account-admin': ({ name, ask }) => ({
    summary: `${name} is Account Admin, and a lower role does not act on a higher one.`,
    body: [ask.length > 0 ? `${list(ask, 'or')} can do it.` : 'Another Account Admin can do it.'],
  }),
  'last-account-admin': ({ name, you }) => ({
    summary: `${you ? 'You are' : `${name} is`} the last Account Admin, and an account always has one.`,
    body: ['Make somebody else Account Admin first: /usher account give is the command.'],
    buttons: [{ label: 'Account Admins', action: { do: 'account' } }],
  }),
  'not-an-active-member': ({ name, organization }) => ({
    summary: `${name} is not an active member of ${organization} any more.`,
    body: ['To have them back, type /usher removed and press Invite back.'],
  }),
  'still-a-member': ({ name, organization }) => ({
    summary: `${name} is an active member of ${organization}.`,
    body: ['There is nothing to invite them back to.'],
  }),
  'removing-yourself': () => ({
    summary: 'Nobody removes themselves.',
    body: ['To go, leave the organization: /usher leave is the command.'],
    buttons: [{ label: 'Leave…', action: { do: 'leave' } }],
  }),
  'address-does-not-match': ({ name }) => ({
    summary: `That is not the e-mail address of ${name}.`,
    body: ['Nothing was changed. To hand the ownership over, type the address of the new Owner exactly.'],
    buttons: [handOver],
  }),
  'nobody-to-choose': () => ({
    summary: 'There is nobody to choose from any more.',
    body: ['Type /usher members or /usher pending to see who is there.'],
  }),
  'details-not-usable': ({ field }) => ({ summary: 'Nothing was noted.', body: [detailProblems[field]] }),
  'nobody-to-transfer-to': ({ organization }) => ({
    summary: `You are the only active member of ${organization}.`,
    body: ['Invite somebody first: the ownership goes to an active member.'],
    buttons: [{ label: 'Invite people', action: { do: 'invite' } }],
  }),
};
