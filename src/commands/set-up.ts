import { connectWorkspace } from '../membership/organizations/connect-workspace.ts';
import { organizationNameProblem } from '../membership/organizations/organization-names.ts';
import { setUpOrganization } from '../membership/organizations/set-up-organization.ts';
import { connectedMessage, setUpMessage } from '../messages/welcome.ts';
import { besideField } from './beside-field.ts';
import type { ActionHandlers, FormDefinition, Reply } from './command.ts';

const fields = {
  organization: {
    kind: 'text',
    label: 'Name of your organization',
    placeholder: 'Payments',
    hint: 'The department or company you invite people to. You become its Owner and the Account Admin.',
    maxLength: 100,
  },
} as const;

/** The form that sets usher up in a new workspace. */
export const setUpForm: FormDefinition<typeof fields> = {
  kinds: { organization: 'text' },
  check({ organization }) {
    const problem = organizationNameProblem(organization);
    return problem && { organization: besideField(problem) };
  },
  async submit(context, answers) {
    return { message: setUpMessage(await setUpOrganization(context, answers)) };
  },
};

export const setUpActions: Pick<ActionHandlers, 'set-up' | 'connect-workspace'> = {
  'set-up': async (): Promise<Reply> => ({
    form: { name: 'set-up', title: 'Set up usher', submit: 'Set up', fields },
  }),
  'connect-workspace': async (context) => ({
    message: connectedMessage(await connectWorkspace(context)),
    replace: true,
  }),
};
