import { isId, type PoolId, type ProductId } from '../../db/id.ts';
import { listSources } from '../membership/licenses/find-sources.ts';
import type { Pool } from '../membership/licenses/pools.ts';
import { readLicenseWords } from '../membership/licenses/read-license-words.ts';
import { splitPeople } from '../membership/people-list.ts';
import { may } from '../membership/policy.ts';
import { Refusal } from '../membership/refusal.ts';
import { poolLabel } from '../messages/pools.ts';
import type { ActionHandlers, Command, CommandContext, FormDefinition, Reply } from './command.ts';
import type { Fields, Option } from './form.ts';
import { nobodyIn, peopleField, reach } from './people.ts';

/** `/usher license`: give a seat to one or many, change where it is from, or take it back. */
export const license: Command = {
  word: 'license',
  does: 'Assign a licence to people, change its source, or take it back',
  example: '/usher license ana@acme.com, ben KSE',
  offeredTo: (standing) => may(standing, 'assign-licenses', standing.organizationId),
  async run(context, words) {
    if (words.trim() === '') return openAssign(context);
    const takesBack = /^take(?:\s+back)?(?:\s+|$)/i.exec(words);
    const rest = takesBack ? words.slice(takesBack[0].length) : words;
    const { people, productId, poolId } = await readLicenseWords(context, rest);
    const purpose = takesBack
      ? ({ for: 'take-license', productId } as const)
      : ({ for: 'license', productId, ...(poolId ? { poolId } : {}) } as const);
    return reach(context, purpose, splitPeople(people));
  },
};

/** A pool as a choice in a form, which carries its product too: at most 75 characters. */
export function sourceOption(pool: Pool): Option {
  return { value: `${pool.productId}/${pool.id}`, label: poolLabel(pool) };
}

/** The pool behind a choice; undefined when it is none of ours. */
export function readSource(value: string): { productId: ProductId; poolId: PoolId } | undefined {
  const [productId, poolId, ...more] = value.split('/');
  return isId('prd', productId) && isId('pol', poolId) && more.length === 0
    ? { productId, poolId }
    : undefined;
}

/** The most that one form offers for choosing. */
export const mostSources = 100;

async function openAssign(context: CommandContext, productId?: ProductId): Promise<Reply> {
  const pools = (await listSources(context)).slice(0, mostSources);
  // No platform draws a choice among nothing.
  if (pools.length === 0) throw new Refusal('no-seats-at-all', {});
  const initial = pools.find((pool) => pool.productId === productId);
  const fields = assignFields(pools.map(sourceOption), initial && sourceOption(initial).value);
  return { form: { name: 'license', title: 'Assign a licence', submit: 'Assign', fields } };
}

function assignFields(options: readonly Option[], initial: string | undefined) {
  return {
    people: {
      ...peopleField(),
      hint: 'Names or e-mail addresses, separated by commas. Whoever has it from elsewhere changes to this source.',
    },
    license: { kind: 'choice', label: 'Licence and source', options, ...(initial ? { initial } : {}) },
  } as const satisfies Fields;
}

/** The form behind `/usher license` without words. */
export const licenseForm: FormDefinition<ReturnType<typeof assignFields>> = {
  kinds: { people: 'text', license: 'choice' },
  check: ({ people }) => nobodyIn(people),
  async submit(context, answers) {
    const source = readSource(answers.license);
    if (!source) throw new Refusal('product-not-found', { text: '', products: [] });
    return reach(context, { for: 'license', ...source }, splitPeople(answers.people));
  },
};

export const licenseActions: Pick<ActionHandlers, 'license'> = {
  license: (context, { productId }) => openAssign(context, productId),
};
