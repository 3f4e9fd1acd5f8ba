import type { OrganizationId } from '../../db/id.ts';
import type { Holder } from '../membership/licenses/list-holders.ts';
import type { ListedPool, PoolActions } from '../membership/licenses/list-pools.ts';
import { levelOf, type Pool, roomIn } from '../membership/licenses/pools.ts';
import type { SeatsResult } from '../membership/licenses/set-seats.ts';
import type { Page } from '../membership/search.ts';
import type { Button, Message, Row } from './message.ts';
import { count, day, oneLine, quoted } from './words.ts';

/** Where seats come from, in words: an organization, or the account. */
export function sourceName(organization: string | null): string {
  return organization === null ? 'the account' : oneLine(organization, 100);
}

/** A pool in words: "KSE in Payments". */
export function poolName({ product, organization }: Pick<Pool, 'product' | 'organization'>): string {
  return `${product} in ${sourceName(organization)}`;
}

/** A pool as something to choose: "KSE from Payments (3 free)", at most 75 characters. */
export function poolLabel(pool: Pool): string {
  const room = roomIn(pool);
  const free = Number.isFinite(room) ? `${room.toLocaleString('en')} free` : 'any number';
  const source = pool.organization === null ? 'the account' : oneLine(pool.organization, 20);
  return oneLine(`${oneLine(pool.product, 40)} from ${source} (${free})`, 75);
}

/** The pools, a bar each. */
export function poolList(
  page: Page<ListedPool> & { organization: string; actions: PoolActions },
  asked: { product?: string; after?: string; in?: OrganizationId },
): Message {
  const about = asked.in ? { in: asked.in } : {};
  const product = { ...about, ...(asked.product ? { product: asked.product } : {}) };
  const { assign, catalogue, dedicate } = page.actions;
  const buttons: Button[] = [
    ...(page.next
      ? [
          {
            label: 'Next page',
            action: { do: 'licenses', ...product, after: page.next, turn: true },
          } as const,
        ]
      : []),
    ...(asked.after
      ? [{ label: 'First page', action: { do: 'licenses', ...product, turn: true } } as const]
      : []),
    ...(asked.product
      ? [{ label: 'Show all', action: { do: 'licenses', ...about, turn: true } } as const]
      : []),
    ...(assign ? [{ label: 'Assign a licence…', action: { do: 'license', ...about } } as const] : []),
    ...(dedicate ? [{ label: 'Dedicate seats…', action: { do: 'seats' } } as const] : []),
    ...(catalogue ? [{ label: 'Catalogue', action: { do: 'catalogue' } } as const] : []),
  ];
  const isEverywhere = page.rows.some(
    ({ organization }) => (organization ?? page.organization) !== page.organization,
  );
  const where = isEverywhere ? 'all organizations' : page.organization;
  const matching = asked.product ? ` for ${quoted(asked.product, 60)}` : '';
  return {
    summary:
      page.rows.length > 0
        ? `Licences of ${where}${matching}`
        : `There are no licences${matching} in ${where}.`,
    rows: page.rows.map((pool) => poolRow(pool, about)),
    ...(buttons.length > 0 ? { buttons } : {}),
  };
}

function poolRow(pool: ListedPool, about: { in?: OrganizationId }): Row {
  const { id: poolId } = pool;
  const own = pool.total - pool.dedicated;
  return {
    title: `${poolName(pool)}${pool.retired ? ' (retired)' : ''}`,
    ...(pool.kind === 'per-seat' && own > 0 ? { bar: { filled: pool.used, of: own } } : {}),
    detail: figures(pool),
    buttons: [
      { label: 'Who has it', action: { do: 'licenses.holders', poolId, ...about } },
      ...(pool.seatsAreTheirs ? [setSeats(pool)] : []),
    ],
  };
}

function setSeats({ productId, organizationId }: Pool): Button {
  return {
    label: 'Set seats…',
    action: { do: 'seats', productId, ...(organizationId ? { organizationId } : {}) },
  };
}

/** The four figures of a pool: total, dedicated, used, available. */
function figures(pool: Pool): string {
  const number = (value: number) => value.toLocaleString('en');
  const dedicated = pool.dedicated > 0 ? [`${number(pool.dedicated)} dedicated to organizations`] : [];
  if (pool.kind === 'per-concurrent-use') {
    const total = `${number(pool.total)} at the same time`;
    return [count(pool.used, 'person', 'people'), total, ...dedicated].join(' · ');
  }
  if (pool.total === 0) return 'no seats yet';
  const used = `${number(pool.used)} of ${number(pool.total - pool.dedicated)} used`;
  const total = pool.dedicated > 0 ? [`${number(pool.total)} in all`] : [];
  return [used, `${number(roomIn(pool))} available`, ...total, ...dedicated].join(' · ');
}

/** Who has the seats of a pool; reserved ones are for people who were invited. */
export function holderList(
  page: Page<Holder> & { pool: Pool; mayAssign: boolean },
  asked: { after?: string; in?: OrganizationId },
): Message {
  const { pool, rows, next } = page;
  const about = asked.in ? { in: asked.in } : {};
  const { id: poolId, productId } = pool;
  const buttons: Button[] = [
    ...(next
      ? [
          {
            label: 'Next page',
            action: { do: 'licenses.holders', poolId, ...about, after: next, turn: true },
          } as const,
        ]
      : []),
    ...(asked.after
      ? [{ label: 'First page', action: { do: 'licenses.holders', poolId, ...about, turn: true } } as const]
      : []),
    ...(page.mayAssign && !pool.retired
      ? [{ label: 'Assign…', action: { do: 'license', productId, ...about } } as const]
      : []),
    { label: 'All licences', action: { do: 'licenses', ...about } },
  ];
  return {
    summary: rows.length > 0 ? `Who has ${poolName(pool)}` : `Nobody you may see has ${poolName(pool)}.`,
    body: [figures(pool)],
    rows: rows.map(holderRow),
    buttons,
  };
}

function holderRow({ memberId, fullName, email, organization, since }: Holder): Row {
  const where = oneLine(organization, 60);
  if (!memberId) return { title: email, detail: `reserved: invited to ${where}` };
  return {
    title: oneLine(fullName ?? email, 100),
    detail: `${email} · ${where} · since ${day(since)}`,
    buttons: [{ label: 'Card', action: { do: 'card', memberId } }],
  };
}

/** The seats of a pool were set. */
export function seatsSet({ product, source, from, to }: SeatsResult): Message {
  const name = poolName({ product, organization: source });
  return {
    summary:
      from === to
        ? `${name}: ${count(to, 'seat')}, as before.`
        : `${name}: ${count(to, 'seat')} now; it was ${from.toLocaleString('en')}.`,
    buttons: [{ label: 'All licences', action: { do: 'licenses' } }],
  };
}

/** The news that a pool is nearly used up, or wholly; nothing when it has room again by now. Only who may is offered to set them. */
export function seatsNotice(pool: Pool, { maySet }: { maySet: boolean }): Message | undefined {
  const level = levelOf(pool);
  if (level === 0) return undefined;
  const seats = pool.total - pool.dedicated;
  const free = seats - pool.used;
  return {
    summary:
      free <= 0
        ? `All seats of ${poolName(pool)} are used.`
        : `Three quarters of the seats of ${poolName(pool)} are used: ${count(free, 'is', 'are')} left.`,
    body: [figures(pool), ...(free <= 0 ? ['Nobody else can be given one before seats are added.'] : [])],
    buttons: [
      { label: 'See licences', action: { do: 'licenses', product: pool.product } },
      ...(maySet ? [setSeats(pool)] : []),
    ],
  };
}
