import type { NewsKind } from '../../db/channel-schema.ts';
import type { Channel } from '../membership/channel/find-channel.ts';
import { mostCounted, type Notice, type NoticeLine } from '../membership/channel/find-notice.ts';
import { maskEmailAddress } from '../membership/email-address.ts';
import type { OrganizationRole } from '../membership/policy.ts';
import { roleNames } from '../membership/refusal.ts';
import type { Message, Row } from './message.ts';
import { poolName } from './pools.ts';
import { count, list, moment, oneLine, upTo } from './words.ts';

/** Said in a channel to find out whether usher may write there. */
export function channelTrial(): Message {
  return { summary: 'usher makes sure that it can write here.' };
}

/** The first thing said in the channel of an organization. */
export function channelGreeting({ organization }: { organization: string }): Message {
  return {
    summary: `${oneLine(organization, 100)} tells its news here from now on.`,
    body: [
      'You hear who joins and who goes, which invitations are about to run out, when seats get scarce, and on Mondays how the week was.',
    ],
    footnote: 'An admin can change that: /usher settings.',
  };
}

/** Somebody who joined or went. */
export interface NewsLine extends Record<string, unknown> {
  what: NewsKind;
  fullName: string;
  email: string;
  role: OrganizationRole;
  by: string | null;
}

/** The most people one message names. */
const mostNamed = 15;

/** Who joined and who went since the channel was told before; others see it, so addresses are masked. */
export function newsMessage(organization: string, news: readonly NewsLine[]): Message {
  const joined = news.filter(({ what }) => what === 'joined' || what === 'moved-here').length;
  const gone = news.length - joined;
  const [only] = news;
  const { shown, more } = upTo(news, mostNamed);
  const where = oneLine(organization, 100);
  return {
    summary: only && news.length === 1 ? sentence(only, where) : cameAndWent(joined, gone, where),
    ...(news.length > 1
      ? {
          body: [
            ...shown.map((line) => sentence(line, where)),
            ...(more > 0 ? [`And ${count(more, 'more person', 'more people')}.`] : []),
          ],
        }
      : {}),
  };
}

function cameAndWent(joined: number, gone: number, where: string): string {
  const people = (number: number) => count(number, 'person', 'people');
  if (gone === 0) return `${people(joined)} came to ${where}.`;
  if (joined === 0) return `${people(gone)} went from ${where}.`;
  return `${people(joined)} came to ${where}, and ${people(gone)} went.`;
}

function sentence(line: NewsLine, organization: string): string {
  const by = line.by ? ` by ${oneLine(line.by, 100)}` : '';
  switch (line.what) {
    case 'joined':
      return `${who(line)} joined ${organization} as ${roleNames[line.role]}.`;
    case 'left':
      return `${who(line)} left ${organization}.`;
    case 'removed':
      return `${who(line)} was removed from ${organization}${by}.`;
    case 'moved-here':
      return `${who(line)} was moved to ${organization}${by}, as ${roleNames[line.role]}.`;
    case 'moved-away':
      return `${who(line)} was moved from ${organization} to another organization${by}.`;
  }
}

function who({ fullName, email }: NewsLine): string {
  return `${oneLine(fullName, 100)} (${maskEmailAddress(email)})`;
}

/** The most lines one message shows; with a button each is two blocks, and a platform draws no more than 50. */
const mostLines = 15;

/** A message with lines, as things are now. A line that is settled has nothing to press. */
export function noticeMessage(notice: Notice, channel: Channel): Message {
  return notice.kind === 'digest' ? digest(notice, channel) : expiring(notice, channel);
}

function expiring({ lines }: Notice, channel: Channel): Message {
  const { shown, more } = upTo(lines, mostLines);
  const organization = oneLine(channel.organization, 100);
  return {
    summary:
      lines.length === 1
        ? `An invitation to ${organization} runs out soon.`
        : `${count(lines.length, 'invitation')} to ${organization} run out soon.`,
    rows: shown.map((line) => lineRow(line, channel)),
    ...(more > 0 ? { footnote: `And ${count(more, 'more', 'more')}: press See pending.` } : {}),
    buttons: [seePending(channel)],
  };
}

function digest({ joined, gone, pending, lines, scarce }: Notice, channel: Channel): Message {
  const about = { in: channel.organizationId };
  return {
    summary: `The week in ${oneLine(channel.organization, 100)}`,
    facts: [
      { label: 'Joined', value: joined.toLocaleString('en') },
      { label: 'Left or removed', value: gone.toLocaleString('en') },
      {
        label: 'Waiting for an answer',
        value: `${pending.toLocaleString('en')}${pending >= mostCounted ? ' or more' : ''}`,
      },
      ...(scarce.length > 0
        ? [{ label: 'Seats that get scarce', value: list(scarce.slice(0, 10).map(poolName)) }]
        : []),
    ],
    rows: lines.map((line) => lineRow(line, channel)),
    buttons: [
      seePending(channel),
      { label: 'Members', action: { do: 'members', ...about } },
      { label: 'Licences', action: { do: 'licenses', ...about } },
    ],
  };
}

function seePending({ organizationId }: Channel) {
  return { label: 'See pending', action: { do: 'pending', in: organizationId } } as const;
}

const settled: Record<Exclude<NoticeLine['state'], 'pending' | 'expired'>, string> = {
  accepted: 'joined',
  declined: 'declined',
  revoked: 'taken back',
  resent: 'sent again',
};

function lineRow({ invitationId, email, invitedBy, expiresAt, state }: NoticeLine, channel: Channel): Row {
  const title = maskEmailAddress(email);
  const by = `invited by ${oneLine(invitedBy, 60)}`;
  if (state !== 'pending' && state !== 'expired') return { title, detail: settled[state] };
  const until = moment(expiresAt, channel.timeZone);
  return {
    title,
    detail: `${by} · ${state === 'expired' ? 'ran out' : 'runs out'} ${until}`,
    buttons: [{ label: 'Resend', action: { do: 'resend', invitationId } }],
  };
}
