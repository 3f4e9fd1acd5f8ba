import type { Emulator } from './emulator.ts';
import type { Files } from './files.ts';
import type { Names } from './form-state.ts';
import type { Payloads } from './payloads.ts';
import type { Known } from './refuse.ts';
import type { Requests } from './requests.ts';
import type { ResponseUrls } from './response-urls.ts';

/** What every act of a person needs. */
export interface Acting extends Known {
  emulator: Emulator;
  files: Files;
  requests: Requests;
  responseUrls: ResponseUrls;
  payloads: Payloads;
}

/** What is named in fields: somebody by id, name or e-mail, and a file by its id. */
export function namesOf({ directory, files }: Acting): Names {
  return { person: (name) => directory.person(name).id, file: files.file };
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
