import type { Acting } from './acting.ts';
import { notSent } from './outcome.ts';
import type { Place } from './screens.ts';
import type { Answer, PretendPerson } from './types.ts';

/** Somebody takes the app for themselves, or sends it away; then not even their team lets usher write to them. */
export async function changePersonal(acting: Acting, as: string, hasApp: boolean): Promise<Answer> {
  const person = acting.directory.person(as);
  Object.assign(person, { hasApp, sentAway: !hasApp });
  return tell(acting, hasApp ? 'add' : 'remove', person, acting.screens.open(person));
}

/** The app is installed in the team, or taken away from it, by somebody on it. */
export async function changeTeam(acting: Acting, hasApp: boolean): Promise<Answer> {
  const { team, installed } = acting.screens;
  installed.team = hasApp;
  const [owner] = team.members();
  return owner ? tell(acting, hasApp ? 'add' : 'remove', owner, team) : notSent;
}

/** Sends both events of one installation; the answer is the one to the last. */
async function tell(
  { requests, payloads }: Acting,
  action: 'add' | 'remove',
  person: PretendPerson,
  place: Place,
): Promise<Answer> {
  let answer = notSent;
  for (const event of payloads.installation(action, person, place)) answer = await requests.activity(event);
  return answer;
}
