import { isId } from '../../db/id.ts';
import {
  type DetailsInput,
  detailProblem,
  editDetails,
  findDetails,
  type NotedDetails,
} from '../membership/members/edit-details.ts';
import { Refusal } from '../membership/refusal.ts';
import { detailProblems } from '../messages/people-refusals.ts';
import { oneLine } from '../messages/words.ts';
import { card } from './card.ts';
import type { ActionHandlers, FormDefinition } from './command.ts';
import type { Fields } from './form.ts';

function detailsFields({ member, details }: NotedDetails) {
  const { phone, whereToReach, employedSince } = details;
  return {
    // A form carries nothing that is not seen: whom it is about stands in it.
    memberId: {
      ...{ kind: 'choice', label: 'About', initial: member.id },
      options: [{ value: member.id, label: oneLine(member.fullName, 75) }],
    },
    phone: {
      ...{ kind: 'text', label: 'Phone', placeholder: '+34 600 123 456', optional: true, maxLength: 40 },
      ...(phone ? { initial: phone } : {}),
    },
    whereToReach: {
      ...{ kind: 'text', label: 'Where to reach', placeholder: 'Madrid office, 3rd floor', optional: true },
      ...{ maxLength: 200, ...(whereToReach ? { initial: whereToReach } : {}) },
    },
    employedSince: {
      ...{ kind: 'date', label: 'Employed since', optional: true },
      ...(employedSince ? { initial: employedSince } : {}),
    },
  } as const satisfies Fields;
}

/** What becomes of the form with the contact details and the start date of a member. */
export const detailsForm: FormDefinition<ReturnType<typeof detailsFields>> = {
  kinds: { memberId: 'choice', phone: 'text', whereToReach: 'text', employedSince: 'date' },
  check(answers) {
    const field = detailProblem(answers);
    return field ? { [field]: detailProblems[field] } : undefined;
  },
  async submit(context, { memberId, ...answers }) {
    if (!isId('mem', memberId)) throw new Refusal('member-not-found', {});
    await editDetails(context, { memberId, ...(answers satisfies DetailsInput) });
    return card(context, memberId);
  },
};

export const detailsActions: Pick<ActionHandlers, 'details'> = {
  details: async (context, { memberId }) => {
    const fields = detailsFields(await findDetails(context, { memberId }));
    return { form: { name: 'details', title: 'Details', submit: 'Save', fields } };
  },
};
