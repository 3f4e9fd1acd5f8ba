import type { Acting } from './acting.ts';
import { typeText } from './command.ts';
import { changePersonal, changeTeam } from './installs.ts';
import { closeModal, submitModal } from './modals.ts';
import { press } from './press.ts';
import type { PretendTeams } from './pretend-teams-api.ts';
import { answerOffer } from './share.ts';

type Acts = Pick<
  PretendTeams,
  | 'command'
  | 'press'
  | 'submit'
  | 'closeModal'
  | 'answerOffer'
  | 'install'
  | 'uninstall'
  | 'addToTeam'
  | 'removeFromTeam'
  | 'activity'
  | 'send'
  | 'connect'
>;

/** What people do, and what Teams sends by itself. */
export function createActs(acting: Acting): Acts {
  const { directory, screens, requests, payloads } = acting;
  return {
    connect: requests.connect,
    send: requests.send,
    command: (as, text, options = {}) => typeText(acting, as, text, options),
    press: (as, on, clicked, typed) => press(acting, as, on, clicked, typed),
    submit: (as, values = {}) => submitModal(acting, as, values),
    closeModal: (as) => closeModal(acting, as),
    answerOffer: (as, on, action) => answerOffer(acting, as, on, action),
    install: (as) => changePersonal(acting, as, true),
    uninstall: (as) => changePersonal(acting, as, false),
    addToTeam: () => changeTeam(acting, true),
    removeFromTeam: () => changeTeam(acting, false),
    activity: (as, fields, { in: wanted } = {}) => {
      const person = directory.person(as);
      const place = screens.placeFor(person, wanted);
      return requests.activity({ ...payloads.any('message', person, place), ...fields });
    },
  };
}
