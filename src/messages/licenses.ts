import { type Pool, roomIn } from '../membership/licenses/pools.ts';
import type { HeldLicense } from '../membership/licenses/show-licenses.ts';
import type { KnownMember } from '../membership/members/known-members.ts';
import type { Button, Message, Row } from './message.ts';
import { poolLabel, sourceName } from './pools.ts';
import { count, oneLine } from './words.ts';

/** What somebody holds, with their machines, on their card: "KSE from Payments (2 machines)". */
export function licenseFacts(held: readonly HeldLicense[]): { label: string; value: string }[] {
  const machines = held.flatMap((license) =>
    license.machines.map((machine) => `${oneLine(machine, 60)} (${license.product})`),
  );
  return [
    {
      label: 'Licences',
      value: held.map(({ product, source }) => `${product} from ${sourceName(source)}`).join(', ') || 'none',
    },
    ...(machines.length > 0 ? [{ label: 'Machines', value: machines.slice(0, 10).join(', ') }] : []),
  ];
}

/** How many lines one member's licences take at most: with buttons each is two blocks. */
const linesShown = 20;

/** What a member holds, to be changed or taken back, and what they could be given. */
export function memberLicenses(shown: {
  member: KnownMember;
  held: HeldLicense[];
  sources: Pool[];
}): Message {
  const { member, held, sources } = shown;
  const memberId = member.id;
  const open = sources.filter(
    (pool) => roomIn(pool) > 0 && !held.some(({ productId }) => productId === pool.productId),
  );
  const rows: Row[] = [
    ...held.map(({ productId, product, poolId, source, machines }) => ({
      title: product,
      detail: [
        `from ${sourceName(source)}`,
        ...(machines.length > 0 ? [count(machines.length, 'machine')] : []),
      ].join(' · '),
      buttons: [
        ...sources
          .filter((pool) => pool.productId === productId && pool.id !== poolId && roomIn(pool) > 0)
          .map(
            (pool): Button => ({
              label: oneLine(`Take from ${sourceName(pool.organization)} instead`, 75),
              action: { do: 'license.assign', memberId, productId, poolId: pool.id },
            }),
          ),
        {
          label: 'Take back',
          action: { do: 'license.take-back', memberId, productId },
          style: 'danger',
        } satisfies Button,
      ],
    })),
    ...open.map((pool) => ({
      title: pool.product,
      detail: `not assigned · ${poolLabel(pool)}`,
      buttons: [
        {
          label: 'Assign',
          action: { do: 'license.assign', memberId, productId: pool.productId, poolId: pool.id },
        } satisfies Button,
      ],
    })),
  ];
  return {
    summary:
      rows.length > 0
        ? `Licences of ${oneLine(member.fullName, 100)}`
        : `${oneLine(member.fullName, 100)} has no licence, and no seat is available.`,
    rows: rows.slice(0, linesShown),
    ...(rows.length > linesShown ? { footnote: 'There are more: /usher license takes any product.' } : {}),
    buttons: [{ label: 'Card', action: { do: 'card', memberId } }],
  };
}
