import { isId, type MemberId } from '../../db/id.ts';
import { parseEmailAddress } from '../membership/email-address.ts';
import {
  type Candidate,
  prepareTransfer,
  transferOwnership,
} from '../membership/members/transfer-ownership.ts';
import { Refusal } from '../membership/refusal.ts';
import { transferredMessage } from '../messages/roles.ts';
import { oneLine } from '../messages/words.ts';
import type { ActionHandlers, CommandContext, FormDefinition, Reply } from './command.ts';
import type { Fields } from './form.ts';

/** The form that hands the ownership over, to the one who was named or to one of those it offers. */
export async function openTransfer(context: CommandContext, memberId?: MemberId): Promise<Reply> {
  const { organization, candidates } = await prepareTransfer(context, memberId ? { memberId } : {});
  const intro = `The new Owner of ${oneLine(organization, 100)} gets every right you have there, and you become Admin. Only they can give it back.`;
  const fields = transferFields(candidates, memberId);
  return { form: { name: 'transfer', title: 'Hand over ownership', submit: 'Hand over', intro, fields } };
}

function transferFields(candidates: readonly Candidate[], initial?: MemberId) {
  return {
    newOwner: {
      kind: 'choice',
      label: 'New Owner',
      options: candidates.map(({ id, fullName, email }) => ({
        value: id,
        label: oneLine(`${oneLine(fullName, 40)} (${email})`, 75),
      })),
      ...(initial ? { initial } : {}),
    },
    email: {
      kind: 'text',
      label: 'Their e-mail address',
      hint: 'Type it, so that the ownership goes to nobody by mistake.',
      maxLength: 254,
    },
  } as const satisfies Fields;
}

/** What becomes of that form. */
export const transferForm: FormDefinition<ReturnType<typeof transferFields>> = {
  kinds: { newOwner: 'choice', email: 'text' },
  check: ({ email }) =>
    parseEmailAddress(email) ? undefined : { email: 'This is not an e-mail address. Example: ana@acme.com' },
  async submit(context, { newOwner, email }) {
    if (!isId('mem', newOwner)) throw new Refusal('member-not-found', {});
    return { message: transferredMessage(await transferOwnership(context, { memberId: newOwner, email })) };
  },
};

export const transferActions: Pick<ActionHandlers, 'transfer'> = {
  transfer: (context, { memberId }) => openTransfer(context, memberId),
};
