import { accountActions } from './account.ts';
import { answerActions } from './answer-invitation.ts';
import { audit, auditActions } from './audit.ts';
import { cardActions } from './card.ts';
import { addProductForm, catalogueActions, renameProductForm } from './catalogue.ts';
import { changeRoleForm, role } from './change-role.ts';
import type { ActionHandlers, Command, FormDefinition } from './command.ts';
import { detailsActions, detailsForm } from './details.ts';
import { exportActions, exportCommand } from './export.ts';
import { filterActions, filterForms } from './filter.ts';
import type { FormName } from './form.ts';
import { groupActions, project, team } from './group.ts';
import { addToGroupForm, createProjectForm, createTeamForm, renameGroupForm } from './group-forms.ts';
import { groupMemberActions } from './group-members.ts';
import { help } from './help.ts';
import { invite, inviteActions } from './invite.ts';
import { inviteFormDefinition } from './invite-form.ts';
import { leave, removalActions } from './leave.ts';
import { license, licenseActions, licenseForm } from './license.ts';
import { licenses, licensesActions } from './licenses.ts';
import { workActions } from './long-work.ts';
import { memberActions, members, removed } from './members.ts';
import { org } from './org.ts';
import { createOrganizationForm, moveForm, orgFormActions, renameOrganizationForm } from './org-forms.ts';
import { organizationActions } from './organizations.ts';
import { pending, pendingActions, revokeSeveralForm } from './pending.ts';
import { account, peopleActions, remove, removeForm, transfer, who } from './people.ts';
import { roleActions } from './role.ts';
import { seatsActions, seatsForm } from './seats.ts';
import { selectActions, selectForms } from './select.ts';
import { selectionLicenseForm } from './selection-license.ts';
import { setUpActions, setUpForm } from './set-up.ts';
import { settings, settingsActions, settingsForm } from './settings.ts';
import { transferActions, transferForm } from './transfer.ts';

/** Everything that can be typed, in the order help shows it. */
export const commands: readonly Command[] = [
  invite,
  pending,
  members,
  removed,
  who,
  role,
  remove,
  transfer,
  licenses,
  license,
  team,
  project,
  exportCommand,
  org,
  audit,
  account,
  settings,
  leave,
  {
    word: 'help',
    does: 'See what you can do here',
    example: '/usher help',
    organization: 'none',
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
  ...filterActions,
  ...detailsActions,
  ...selectActions,
  ...auditActions,
  ...peopleActions,
  ...cardActions,
  ...roleActions,
  ...accountActions,
  ...transferActions,
  ...removalActions,
  ...workActions,
  ...licensesActions,
  ...licenseActions,
  ...seatsActions,
  ...catalogueActions,
  ...groupActions,
  ...groupMemberActions,
  ...exportActions,
  ...organizationActions,
  ...orgFormActions,
  ...settingsActions,
  ...answerActions,
};

/** What becomes of every form. */
export const forms: { [Name in FormName]: FormDefinition } = {
  'set-up': setUpForm,
  invite: inviteFormDefinition,
  'revoke-several': revokeSeveralForm,
  details: detailsForm,
  ...selectForms,
  'selection-license': selectionLicenseForm,
  ...filterForms,
  'change-role': changeRoleForm,
  transfer: transferForm,
  remove: removeForm,
  'create-organization': createOrganizationForm,
  'rename-organization': renameOrganizationForm,
  move: moveForm,
  license: licenseForm,
  seats: seatsForm,
  'add-product': addProductForm,
  'rename-product': renameProductForm,
  'create-team': createTeamForm,
  'create-project': createProjectForm,
  'rename-group': renameGroupForm,
  'add-to-group': addToGroupForm,
  settings: settingsForm,
};
