import { checkMessage, checkView, refused } from './check-blocks.ts';
import type { Directory } from './directory.ts';
import type { Screens } from './screens.ts';
import type { Views } from './views.ts';

/** What the gateway knows when it judges a call. */
export interface Known {
  directory: Directory;
  screens: Screens;
  views: Views;
  triggers: Map<string, Trigger>;
  /** Names and ids of channels the bot was not invited to. */
  withoutBot: Set<string>;
}
/** Whom a trigger was made for, and the modal it came from. */
interface Trigger {
  personId: string;
  viewId?: string;
}
type Refusal = { ok: false; error: string };

/** How many modals Slack stacks. */
export const deepestModal = 3;
const error = (name: string): Refusal => ({ ok: false, error: name });

/** The refusals real Slack has and emulate lacks; undefined lets the call through to emulate. */
export function refuse(method: string, body: Record<string, unknown>, known: Known): Refusal | undefined {
  switch (method) {
    case 'chat.postMessage':
    case 'chat.postEphemeral':
    case 'chat.update':
      return checkMessage(body) ?? unreachable(String(body.channel ?? ''), known);
    case 'conversations.open':
      return String(body.users ?? '')
        .split(',')
        .map((id) => closedTo(id, known))
        .find(Boolean);
    case 'files.completeUploadExternal':
      return wrongFileTarget(body, known);
    case 'views.open':
    case 'views.publish':
      return checkView(body.view);
    case 'views.update':
      return checkView(body.view) ?? gone(body, known);
    case 'views.push':
      return checkView(body.view) ?? wrongPush(String(body.trigger_id ?? ''), known);
    default:
      return undefined;
  }
}

function unreachable(channel: string, { directory, screens, withoutBot }: Known): Refusal | undefined {
  if (withoutBot.has(channel)) return error('not_in_channel');
  const person = directory.find(channel);
  // A direct message that exists outlives the account; a new one cannot be opened.
  return person?.deleted && !screens.directMessage(person.id) ? error('channel_not_found') : undefined;
}

function closedTo(id: string, { directory }: Known): Refusal | undefined {
  const person = directory.find(id);
  if (person?.deleted) return error('user_disabled');
  return person?.isBot ? error('cannot_dm_bot') : undefined;
}

function wrongFileTarget(
  { channel_id: channel, blocks }: Record<string, unknown>,
  known: Known,
): Refusal | undefined {
  if (channel !== undefined && !/^[CGDZ][A-Z0-9]{8,}$/.test(String(channel))) {
    const message = 'input must match regex pattern: ^[CGDZ][A-Z0-9]{8,}$';
    return refused('invalid_arguments', [{ message, path: ['channel_id'] }]);
  }
  return checkMessage({ blocks }) ?? unreachable(String(channel ?? ''), known);
}

function gone({ view_id, external_id }: Record<string, unknown>, { views }: Known): Refusal | undefined {
  const viewId = typeof view_id === 'string' ? view_id : undefined;
  const externalId = typeof external_id === 'string' ? external_id : undefined;
  const wanted = { ...(viewId && { viewId }), ...(externalId && { externalId }) };
  return views.isShown(wanted) ? undefined : error('not_found');
}

function wrongPush(triggerId: string, { triggers, views }: Known): Refusal | undefined {
  const trigger = triggers.get(triggerId);
  if (!trigger) return error('invalid_trigger_id');
  if (!trigger.viewId || !views.has(trigger.personId, trigger.viewId)) return error('view_not_found');
  return views.depth(trigger.personId) >= deepestModal ? error('push_limit_reached') : undefined;
}
