import { answerActions } from './answer-invitation.ts';
import type { ActionHandlers, Command, FormDefinition } from './command.ts';
import type { FormName } from './form.ts';
import { help } from './help.ts';
import { invite, inviteActions, inviteFormDefinition } from './invite.ts';
import { memberActions, members } from './members.ts';
import { pending, pendingActions, revokeSeveralForm } from './pending.ts';
import { setUpActions, setUpForm } from './set-up.ts';
import { who, whoActions } from './who.ts';

/** Everything that can be typed, in the order help shows it. */
export const commands: readonly Command[] = [
  invite,
  pending,
  members,
  who,
  {
    word: 'help',
    does: 'See what you can do here',
    example: '/usher help',
    offeredTo: () => true,
    run: (context) => help(context, commands),
  },
];

/** What every button does. */
export const actions: ActionHandlers = {
  help: (context) => help(context, commands),
  ...setUpActions,
  ...inviteActions,
  ...pendingActions,
  ...memberActions,
  ...whoActions,
  ...answerActions,
};

/** What becomes of every form. */
export const forms: { [Name in FormName]: FormDefinition } = {
  'set-up': setUpForm,
  invite: inviteFormDefinition,
  'revoke-several': revokeSeveralForm,
};
