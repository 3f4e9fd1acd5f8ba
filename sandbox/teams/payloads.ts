import { randomUUID } from 'node:crypto';
import type { PressedAction } from './card-client.ts';
import type { Place } from './screens.ts';
import type { PretendPerson } from './types.ts';

/** An activity as it goes to usher. */
type Activity = Record<string, unknown>;
/** A mention in a text: the entity that says who `<at>…</at>` is. */
export interface Mention {
  type: 'mention';
  mentioned: { id: string; name: string };
  text: string;
}

/** What somebody typed, as Teams sends it. */
interface Said {
  text: string;
  mentions: Mention[];
  file?: { name: string; uniqueId: string; downloadUrl: string };
}

/** Draws up the activities Teams sends for what a person does in a place. */
export interface Payloads {
  bot: { id: string; name: string };
  /** `message` is what people see of it, whose id the activity has. */
  typed(from: PretendPerson, place: Place, message: { id: string }, said: Said): Activity;
  pressed(from: PretendPerson, place: Place, value: unknown, replyToId: string): Activity;
  /** `task/fetch`, `task/submit`. */
  task(name: string, from: PretendPerson, place: Place, data: unknown, replyToId?: string): Activity;
  executed(from: PretendPerson, place: Place, action: PressedAction, replyToId: string): Activity;
  /** The answer to the offer of a file. */
  consented(from: PretendPerson, place: Place, value: object, replyToId: string): Activity;
  /** Both events of one installation or removal. */
  installation(action: 'add' | 'remove', from: PretendPerson, place: Place): Activity[];
  /** Whatever else happens there. */
  any(type: string, from: PretendPerson, place: Place, thread?: string): Activity;
}

const conversationTypes = { personal: 'personal', group: 'groupChat', channel: 'channel' } as const;

export function createPayloads(tenant: {
  appId: string;
  tenantId: string;
  serviceUrl: string;
  team: Place;
  teamName: string;
}): Payloads {
  const bot = { id: `28:${tenant.appId}`, name: 'usher' };
  const { team } = tenant;

  function any(type: string, from: PretendPerson, place: Place, thread?: string): Activity {
    const now = new Date();
    const inTeam = place === team;
    const ids = inTeam && {
      ...{ teamsChannelId: team.id, teamsTeamId: team.id },
      ...{ channel: { id: team.id }, team: { id: team.id, name: tenant.teamName } },
    };
    return {
      ...{ type, id: newId(), channelId: 'msteams', serviceUrl: tenant.serviceUrl },
      timestamp: now.toISOString(),
      localTimestamp: now.toISOString(),
      localTimezone: from.timeZone,
      locale: 'en-US',
      from: { id: from.id, name: from.realName, aadObjectId: from.aadObjectId },
      recipient: bot,
      conversation: {
        ...(place.kind !== 'personal' && { isGroup: true }),
        conversationType: conversationTypes[place.kind],
        tenantId: tenant.tenantId,
        id: place.kind === 'channel' && thread ? `${place.id};messageid=${thread}` : place.id,
        ...(place.kind === 'group' && { name: place.name }),
      },
      entities: [clientInfo(from)],
      channelData: { ...ids, tenant: { id: from.tenantId ?? tenant.tenantId } },
    };
  }

  const invoke = (name: string, from: PretendPerson, place: Place, value: unknown, replyToId?: string) => ({
    ...any('invoke', from, place, replyToId),
    ...{ name, value },
    ...(replyToId && { replyToId }),
  });
  return {
    bot,
    any,
    typed: (from, place, { id }, { text, mentions, file }) => ({
      ...any('message', from, place, id),
      ...{ id, text, textFormat: 'plain', entities: [clientInfo(from), ...mentions] },
      // The same once more as HTML, as Teams does; it is the one attachment an app never asked for.
      attachments: [
        ...(file ? [attachmentOf(file)] : []),
        { contentType: 'text/html', content: `<p>${escapeHtml(text)}</p>` },
      ],
    }),
    pressed: (from, place, value, replyToId) => ({
      ...any('message', from, place, replyToId),
      ...{ value, replyToId },
    }),
    task: (name, from, place, data, replyToId) =>
      invoke(name, from, place, { data, context: { theme: 'default' } }, replyToId),
    consented: (from, place, value, replyToId) =>
      invoke('fileConsent/invoke', from, place, { type: 'fileUpload', ...value }, replyToId),
    executed: (from, place, { id, verb, data }, replyToId) => {
      const action = { type: 'Action.Execute', ...(id && { id }), verb, data };
      return invoke('adaptiveCard/action', from, place, { action, trigger: 'manual' }, replyToId);
    },
    installation: (action, from, place) => {
      const change = { [action === 'add' ? 'membersAdded' : 'membersRemoved']: [{ id: bot.id }] };
      const events = [
        { ...any('conversationUpdate', from, place), ...change },
        { ...any('installationUpdate', from, place), action },
      ];
      return place === team ? events.map((event) => inTeamEvent(event, action)) : events;
    },
  };
}

function attachmentOf({ name, uniqueId, downloadUrl }: NonNullable<Said['file']>): object {
  return {
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    ...{ name, contentUrl: downloadUrl.replace(/\?.*$/, '') },
    content: { downloadUrl, uniqueId, fileType: name.split('.').at(-1) ?? '' },
  };
}

function inTeamEvent(event: Activity, action: 'add' | 'remove'): Activity {
  const eventType = action === 'add' ? 'teamMemberAdded' : 'teamMemberRemoved';
  return { ...event, channelData: { ...(event.channelData as object), eventType } };
}

function newId(): string {
  return `f:${randomUUID()}`;
}

function clientInfo({ timeZone }: PretendPerson): object {
  return { type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web', timezone: timeZone };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
