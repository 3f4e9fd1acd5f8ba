import { type Acting, directMessageOf } from './acting.ts';
import { typeCommand } from './command.ts';
import { closeModal, submitModal } from './modals.ts';
import { press } from './press.ts';
import type { PretendSlack } from './pretend-slack-api.ts';

type Acts = Pick<
  PretendSlack,
  | 'command'
  | 'press'
  | 'submit'
  | 'closeModal'
  | 'giveFile'
  | 'openDirectMessage'
  | 'openHome'
  | 'event'
  | 'send'
  | 'connect'
>;

/** What people do, and what Slack sends by itself. */
export function createActs(acting: Acting): Acts {
  const { directory, views, requests, payloads, files } = acting;
  return {
    connect: requests.connect,
    send: requests.send,
    command: (as, text, where) => typeCommand(acting, as, text, where),
    press: (as, on, clicked, typed) => press(acting, as, on, clicked, typed),
    submit: (as, values = {}) => submitModal(acting, as, values),
    closeModal: (as) => closeModal(acting, as),
    giveFile: (name, content) => files.keep(name, content).id,
    openDirectMessage: (as) => directMessageOf(acting, directory.person(as).id),
    openHome: async (as) => {
      const person = directory.person(as);
      const channel = await directMessageOf(acting, person.id);
      const event = payloads.homeOpened(person, channel, views.home(person.id));
      return requests.json(payloads.event(event));
    },
    event: (event, { eventId } = {}) => requests.json(payloads.event(event, eventId)),
  };
}
