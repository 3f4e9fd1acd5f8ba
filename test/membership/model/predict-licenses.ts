import { answerAtHome, answerElsewhere, answerToLicense, outsider } from '../matrix/product.ts';
import { type Asking, knownOf, type Line, refusalOf, targetOf } from './asking.ts';
import { dedicatedSeats, type Model, poolKey, seatsLeft, usedSeats } from './state.ts';

const ofAccount = "the account's totals, edit the product catalogue";

/** Sets the seats of the account, or of the own organization out of what the account has. */
export function predictSeats(
  model: Model,
  asking: Asking,
  { product, source, total }: { product: string; source: string; total: number },
): string {
  const { account } = asking;
  const row = source === 'account' ? ofAccount : "set a pool's total, dedicate seats";
  const isHere = source === 'account' || source === asking.member?.organization;
  const may = (isHere ? answerAtHome : answerElsewhere)(row, asking.kind);
  if (may !== 'done') return may;
  if (!Number.isInteger(total) || total < 0 || total > 1_000_000) return 'not-a-number-of-seats';
  const known = account.products.get(product);
  const isThere = source === 'account' || account.organizations.includes(source);
  if (!known || !isThere) return 'product-not-found';
  const key = poolKey(product, source);
  const used = known.isPerSeat ? usedSeats(model, account, { product, source }) : 0;
  const isAccount = source === 'account';
  if (total < used + (isAccount ? dedicatedSeats(account, product) : 0)) return 'fewer-seats-than-used';
  const more = total - (account.totals.get(key) ?? 0);
  const ofAll = account.totals.get(poolKey(product, 'account')) ?? 0;
  const usedOfAll = known.isPerSeat ? usedSeats(model, account, { product, source: 'account' }) : 0;
  const left = ofAll - dedicatedSeats(account, product) - usedOfAll;
  if (!isAccount && more > left) return 'not-enough-seats';
  account.totals.set(key, total);
  return 'done';
}

export function predictRetirement(asking: Asking, product: string, isRetired: boolean): string {
  const may = answerAtHome(ofAccount, asking.kind);
  if (may !== 'done') return may;
  const known = asking.account.products.get(product);
  if (!known) return 'product-not-found';
  known.isRetired = isRetired;
  return 'done';
}

function licenseLines(asking: Asking, names: readonly string[]): Line[] {
  return knownOf(asking, names).map((member) => ({
    member,
    answer: answerToLicense(asking.kind, targetOf(asking, member)),
  }));
}

/** Gives seats in the order of the names, from the named source, or else from the own organization before the account. */
export function predictAssignment(
  model: Model,
  asking: Asking,
  { names, product, source }: { names: readonly string[]; product: string; source: string | undefined },
): string {
  const { account } = asking;
  const outside = outsider(asking.kind);
  if (outside) return outside;
  if (account.products.get(product)?.isRetired !== false) return 'product-not-found';
  const isThere = (from: string) => account.totals.has(poolKey(product, from));
  const lines = licenseLines(asking, names).map(({ member, answer }) => {
    const isFar = source && (!isThere(source) || ![member.organization, 'account'].includes(source));
    return { member, answer: answer === 'done' && isFar ? 'source-of-another-organization' : answer };
  });
  const answer = refusalOf(asking, lines, 'all');
  if (answer !== 'done') return answer;
  const seated = lines.map((line) => {
    if (line.answer !== 'done') return true;
    const held = line.member.seats.get(product);
    if (held && (!source || held === source)) return true;
    const sources = (source ? [source] : [line.member.organization, 'account']).filter(isThere);
    const from = sources.find((each) => seatsLeft(model, account, { product, source: each }) > 0);
    if (from) line.member.seats.set(product, from);
    return from !== undefined;
  });
  return seated.includes(true) ? 'done' : 'not-enough-seats';
}

/** Takes seats back, and the machines with them. */
export function predictTakingBack(asking: Asking, names: readonly string[], product: string): string {
  const lines = licenseLines(asking, names);
  const answer = refusalOf(asking, lines, 'all');
  if (answer !== 'done') return answer;
  if (!asking.account.products.has(product)) return 'product-not-found';
  const holders = lines.filter((line) => line.answer === 'done' && line.member.seats.has(product));
  if (lines.length === 1 && holders.length === 0) return 'no-license';
  for (const { member } of holders) {
    member.seats.delete(product);
    member.machines.delete(product);
  }
  return 'done';
}

export function predictMachine({ kind, member }: Asking, product: string): string {
  const outside = outsider(kind);
  if (outside) return outside;
  if (!member?.seats.has(product)) return 'no-license';
  member.machines.add(product);
  return 'done';
}
