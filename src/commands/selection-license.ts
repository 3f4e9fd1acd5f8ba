import { type DraftId, isId } from '../../db/id.ts';
import { listSources } from '../membership/licenses/find-sources.ts';
import { Refusal } from '../membership/refusal.ts';
import { chosenIds, readSelection } from '../membership/selection/keep-selection.ts';
import { chosenWords } from '../messages/selection.ts';
import type { CommandContext, FormDefinition, Reply } from './command.ts';
import type { Fields, Option } from './form.ts';
import { within } from './in-organization.ts';
import { mostSources, readSource, sourceOption } from './license.ts';
import { assign } from './licenses.ts';

/** The form that assigns a licence to everybody who was chosen. */
export async function openSelectionLicense(context: CommandContext, draftId: DraftId): Promise<Reply> {
  const draft = await readSelection(context, draftId);
  const pools = (await listSources(within(context, draft.in))).slice(0, mostSources);
  // No platform draws a choice among nothing.
  if (pools.length === 0) throw new Refusal('no-seats-at-all', {});
  const whom = { value: draftId, label: chosenWords('members', draft.ids.length) };
  const fields = licenseFields(whom, pools.map(sourceOption));
  return { form: { name: 'selection-license', title: 'Assign a licence', submit: 'Assign', fields } };
}

function licenseFields(whom: Option, options: readonly Option[]) {
  return {
    // A form carries nothing that is not seen: whom it is about stands in it.
    to: { kind: 'choice', label: 'For', options: [whom], initial: whom.value },
    license: {
      ...{ kind: 'choice', label: 'Licence and source', options },
      hint: 'Whoever has it from elsewhere changes to this source. With too few seats, some get none, and you are told who.',
    },
  } as const satisfies Fields;
}

/** What becomes of that form. */
export const selectionLicenseForm: FormDefinition<ReturnType<typeof licenseFields>> = {
  kinds: { to: 'choice', license: 'choice' },
  check: () => undefined,
  async submit(context, { to, license }) {
    const source = readSource(license);
    if (!source) throw new Refusal('product-not-found', { text: '', products: [] });
    if (!isId('dra', to)) throw new Refusal('draft-is-gone', {});
    const draft = await readSelection(context, to);
    return assign(within(context, draft.in), { memberIds: chosenIds(draft).memberIds, ...source }, []);
  },
};
