import type { Acting } from './acting.ts';
import { trouble } from './outcome.ts';
import { wasTaken } from './requests.ts';
import type { Answer, Shown } from './types.ts';

/** Answers the offer of a file in a message. Throws when there is none in it. */
export async function answerOffer(
  acting: Acting,
  as: string,
  on: Shown,
  action: 'accept' | 'decline',
): Promise<Answer> {
  const { directory, screens, payloads, requests, files } = acting;
  const person = directory.person(as);
  const place = screens.placeFor(person, on.conversation);
  const file = on.files?.find(({ offer }) => offer);
  if (!file?.offer) throw new Error('There is no file to accept in this message.');
  const uploadInfo = action === 'accept' ? { uploadInfo: files.reserve(file.name) } : {};
  const value = { action, context: file.offer.context, ...uploadInfo };
  const answer = await requests.activity(payloads.consented(person, place, value, on.id));
  if (!wasTaken(answer)) screens.showOnly(person, on, { notice: trouble });
  return answer;
}
