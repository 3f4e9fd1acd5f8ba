import { newId } from '../../db/id.ts';
import type { AssignLine } from '../../src/membership/licenses/allocate.ts';
import type { HeldLicense } from '../../src/membership/licenses/show-licenses.ts';
import type { KnownMember } from '../../src/membership/members/known-members.ts';
import * as licenseChanges from '../../src/messages/license-changes.ts';
import * as licenses from '../../src/messages/licenses.ts';
import type { Message } from '../../src/messages/message.ts';
import * as pools from '../../src/messages/pools.ts';

type Named = [builder: string, message: Message | undefined];

/** A pool of 15 seats, 11 of them used, as the operations know it. */
export function poolOf(text: string, more: Partial<Parameters<typeof pools.poolLabel>[0]> = {}) {
  return {
    ...{ id: newId('pol'), productId: newId('prd'), product: text.slice(0, 40), retired: false },
    ...({ kind: 'per-seat', organizationId: newId('org'), organization: text } as const),
    ...{ total: 15, dedicated: 0, used: 11 },
    ...more,
  };
}

/** Everything usher says about licences. */
export function aboutLicenses(text: string): Named[] {
  return [...lists(text), ...changes(text)];
}

function lists(text: string): Named[] {
  const pool = poolOf(text);
  const account = poolOf(text, { organizationId: null, organization: null, dedicated: 3, total: 18 });
  const concurrent = poolOf(text, { kind: 'per-concurrent-use', used: 40, dedicated: 2 });
  const rows = [pool, account, concurrent, poolOf(text, { total: 0, used: 0, retired: true })].map(
    (one, at) => ({ ...one, seatsAreTheirs: at % 2 === 0 }),
  );
  const actions = { assign: true, catalogue: true, dedicate: true };
  const none = { assign: false, catalogue: false, dedicate: false };
  const asked = { product: text.slice(0, 200), after: text.slice(0, 100), in: newId('org') };
  const next = text.slice(0, 100);
  const holder = {
    memberId: newId('mem'),
    fullName: text,
    email: text,
    organization: text,
    since: new Date(),
  };
  const invited = { ...holder, memberId: null, fullName: null };
  const held: HeldLicense = {
    ...{ productId: pool.productId, product: text.slice(0, 40), poolId: pool.id, source: text },
    machines: [text.slice(0, 100), text.slice(0, 100)],
  };
  const member: KnownMember = {
    ...{ id: newId('mem'), organizationId: newId('org'), organization: text, fullName: text, email: text },
    ...{ role: 'user', accountRole: 'user', status: 'active' },
  };
  const other = { ...account, productId: pool.productId };
  return [
    ['poolList', pools.poolList({ organization: text, rows, next, actions }, asked)],
    ['poolList', pools.poolList({ organization: text, rows: [], actions: none }, {})],
    [
      'holderList',
      pools.holderList({ pool, mayAssign: true, rows: [holder, invited], next }, { after: next }),
    ],
    ['holderList', pools.holderList({ pool: concurrent, mayAssign: false, rows: [] }, {})],
    ['memberLicenses', licenses.memberLicenses({ member, held: [held], sources: [pool, other, concurrent] })],
    ['memberLicenses', licenses.memberLicenses({ member, held: [], sources: [] })],
    [
      'licenseFacts',
      { summary: 'What they hold', facts: licenses.licenseFacts([held, { ...held, source: null }]) },
    ],
    ['sourceName', { summary: pools.sourceName(text) }],
    ['poolName', { summary: pools.poolName(pool) }],
    ['poolLabel', { summary: pools.poolLabel(pool) }],
    ['seatsSet', pools.seatsSet({ product: text.slice(0, 40), source: text, from: 5, to: 15 })],
    ['seatsSet', pools.seatsSet({ product: text.slice(0, 40), source: null, from: 15, to: 15 })],
    ['seatsNotice', pools.seatsNotice({ ...pool, used: 12 }, { maySet: true })],
    ['seatsNotice', pools.seatsNotice({ ...account, used: 15 }, { maySet: false })],
    ['seatsNotice', pools.seatsNotice(pool, { maySet: true })],
  ];
}

function changes(text: string): Named[] {
  const who = { memberId: newId('mem'), fullName: text, email: text, organization: text };
  const [pool, from] = [poolOf(text), poolOf(text, { organization: null, organizationId: null })];
  const obstacle = { code: 'not-an-active-member' } as const;
  const lines: AssignLine[] = [
    { ...who, outcome: 'assigned', pool },
    { ...who, outcome: 'moved', pool, from },
    { ...who, outcome: 'held', pool: from },
    { ...who, outcome: 'no-seat' },
    { ...who, obstacle },
  ];
  const product = text.slice(0, 40);
  const taken = [
    { ...who, outcome: 'taken-back', machines: 2 } as const,
    { ...who, outcome: 'not-held', machines: 0 } as const,
    { ...who, obstacle, machines: 0 },
  ];
  const offered = { id: newId('prd'), name: product, kind: 'per-seat', retired: false } as const;
  const retired = { ...offered, kind: 'per-concurrent-use', retired: true } as const;
  const { added, renamed, retired: gone, restored } = licenseChanges.catalogueNotices;
  return [
    ['assignResult', licenseChanges.assignResult({ product, lines }, [text])],
    ['assignResult', licenseChanges.assignResult({ product, lines: lines.slice(2, 3) }, [])],
    ['takeBackResult', licenseChanges.takeBackResult({ product, lines: taken }, [text])],
    ['takeBackResult', licenseChanges.takeBackResult({ product, lines: taken.slice(1, 2) }, [])],
    ['catalogue', licenseChanges.catalogue({ products: [offered, retired], more: true }, added(product))],
    ['catalogue', licenseChanges.catalogue({ products: [], more: false })],
    ['kindNames', { summary: 'Kinds', body: Object.values(licenseChanges.kindNames) }],
    [
      'catalogueNotices',
      {
        summary: 'Notices',
        body: [renamed(product, product), renamed('A', product), gone(product), restored(product)],
      },
    ],
  ];
}
