import { isId, type OrganizationId, type ProductId } from '../../db/id.ts';
import { listSeatTargets, type SeatTarget } from '../membership/licenses/list-seat-targets.ts';
import { mostSeats, setSeats } from '../membership/licenses/set-seats.ts';
import { Refusal } from '../membership/refusal.ts';
import { seatsSet, sourceName } from '../messages/pools.ts';
import { oneLine } from '../messages/words.ts';
import type { ActionHandlers, CommandContext, FormDefinition, Reply } from './command.ts';
import type { Fields, Option } from './form.ts';

interface Asked {
  productId?: ProductId | undefined;
  organizationId?: OrganizationId | undefined;
}

async function openSeats(context: CommandContext, { productId, organizationId }: Asked): Promise<Reply> {
  const targets = await listSeatTargets(context, productId ? { productId } : {});
  const options = targets.map(targetOption);
  // No platform draws a choice among nothing.
  if (options.length === 0) throw new Refusal('product-not-found', { text: '', products: [] });
  const initial = targets.find((target) => target.organizationId === (organizationId ?? null));
  const fields = seatsFields(options, productId && initial && targetOption(initial).value);
  const intro = 'Seats of an organization come out of the seats of the account.';
  return { form: { name: 'seats', title: 'Set seats', submit: 'Set', intro, fields } };
}

function targetOption({ productId, product, organizationId, organization, total }: SeatTarget): Option {
  const source = organization === null ? sourceName(null) : oneLine(organization, 20);
  return {
    value: `${productId}/${organizationId ?? 'account'}`,
    label: oneLine(`${oneLine(product, 40)} of ${source}: ${total.toLocaleString('en')}`, 75),
  };
}

function seatsFields(options: readonly Option[], initial: string | undefined) {
  return {
    target: { kind: 'choice', label: 'Whose seats', options, ...(initial ? { initial } : {}) },
    total: {
      kind: 'text',
      label: 'How many seats in all',
      placeholder: '25',
      hint: 'The new total, not how many more. It cannot be less than what is used.',
      maxLength: 12,
    },
  } as const satisfies Fields;
}

/** A number of seats as it is typed: digits alone. Signs, points and powers are refused, not guessed at. */
function readSeats(text: string): number | undefined {
  const digits = text.trim();
  const seats = /^\d{1,12}$/.test(digits) ? Number(digits) : Number.NaN;
  return seats <= mostSeats ? seats : undefined;
}

/** What becomes of that form. */
export const seatsForm: FormDefinition<ReturnType<typeof seatsFields>> = {
  kinds: { target: 'choice', total: 'text' },
  check: ({ total }) =>
    readSeats(total) === undefined
      ? { total: `Type a whole number from 0 to ${mostSeats.toLocaleString('en')}, in digits.` }
      : undefined,
  async submit(context, { target, total }) {
    const [productId, organizationId] = target.split('/');
    const isAccount = organizationId === 'account';
    if (!isId('prd', productId) || !(isAccount || isId('org', organizationId))) {
      throw new Refusal('product-not-found', { text: '', products: [] });
    }
    const input = { productId, organizationId: isAccount ? null : organizationId };
    return { message: seatsSet(await setSeats(context, { ...input, total: readSeats(total) ?? -1 })) };
  },
};

export const seatsActions: Pick<ActionHandlers, 'seats'> = {
  seats: (context, asked) => openSeats(context, asked),
};
