import type { Directory } from './directory.ts';
import type { Emulator } from './emulator.ts';
import type { Payloads } from './payloads.ts';
import type { Known } from './refuse.ts';
import type { Requests } from './requests.ts';
import type { ResponseUrls } from './response-urls.ts';

/** What every act of a person needs. */
export interface Acting extends Known {
  emulator: Emulator;
  requests: Requests;
  responseUrls: ResponseUrls;
  payloads: Payloads;
}

/** The id of somebody named by id, name or e-mail. */
export function idOf(directory: Directory): (name: string) => string {
  return (name) => directory.person(name).id;
}

/** A trigger id of the emulated Slack, good for one view within 3 seconds. */
export async function triggerFor(acting: Acting, personId: string, viewId?: string): Promise<string> {
  const { trigger_id } = await acting.emulator.call('views.generateTriggerId', { user_id: personId });
  acting.triggers.set(String(trigger_id), { personId, ...(viewId && { viewId }) });
  return String(trigger_id);
}

/** The direct message between a person and usher; opens it when there is none. */
export async function directMessageOf({ emulator, screens }: Acting, personId: string): Promise<string> {
  const opened = screens.directMessage(personId);
  if (opened) return opened;
  const { channel } = await emulator.call('conversations.open', { users: personId });
  const { id } = channel as { id: string };
  screens.openDirectMessage(personId, id);
  return id;
}
