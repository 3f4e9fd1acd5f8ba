import { settingsOf } from './predict-settings.ts';
import {
  dedicatedSeats,
  type Model,
  type ModelAccount,
  type ModelSeat,
  poolKey,
  reservedSeats,
  usedSeats,
} from './state.ts';

/** One fact about the state, written the same way whether it comes from the model or the database. */
export function lineOf(
  kind: string,
  facts: Record<string, string | number | boolean | null | string[]>,
): string {
  const sorted = Object.entries(facts)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, fact]) => [key, Array.isArray(fact) ? fact.sort() : fact] as const);
  return `${kind} ${JSON.stringify(Object.fromEntries(sorted))}`;
}

const seatNames = (seats: readonly ModelSeat[]) =>
  seats.map(({ product, source }) => `${product} from ${source}`);

/** Everything the model holds, as sorted lines. */
export function modelLines(model: Model): string[] {
  const accounts = [...model.accounts.values()];
  return [
    ...[...model.workspaces].map(([workspace, account]) => lineOf('workspace', { workspace, account })),
    ...accounts.flatMap((account) => account.organizations.map((each) => organizationLine(account, each))),
    ...accounts.flatMap((account) => memberLines(account)),
    ...accounts.flatMap((account) => poolLines(model, account)),
    ...model.invitations.map((invitation, at) => {
      const { minutesLeft, reminders, offers, brings, ...facts } = invitation;
      const [offered, reserved] = [seatNames(offers), seatNames(reservedSeats(invitation))];
      const brought = brings.map(({ group, role }) => `${group} as ${role}`);
      const more = {
        isExpired: minutesLeft <= 0,
        reminders: reminders.map(String),
        offered,
        reserved,
        brought,
      };
      return lineOf('invitation', { at, ...facts, ...more });
    }),
    ...model.groups.map(({ people, ...facts }, at) =>
      lineOf('group', { at, ...facts, people: [...people].map(([name, role]) => `${name} as ${role}`) }),
    ),
  ].sort();
}

function organizationLine(account: ModelAccount, organization: string): string {
  const { lifetime, reminders } = settingsOf(account, organization);
  const facts = { account: account.name, organization, lifetime, reminders: reminders.map(String) };
  return lineOf('organization', facts);
}

function memberLines(account: ModelAccount): string[] {
  return [...account.members.values()].map(({ seats, machines, ...facts }) => {
    const held = seatNames([...seats].map(([product, source]) => ({ product, source })));
    return lineOf('member', { ...facts, account: account.name, seats: held, machines: [...machines] });
  });
}

function poolLines(model: Model, account: ModelAccount): string[] {
  return [...account.products].flatMap(([product, { isRetired }]) =>
    ['account', ...account.organizations].flatMap((source) => {
      const total = account.totals.get(poolKey(product, source));
      if (total === undefined) return [];
      const dedicated = source === 'account' ? dedicatedSeats(account, product) : 0;
      const used = usedSeats(model, account, { product, source });
      return lineOf('pool', { account: account.name, product, isRetired, source, total, dedicated, used });
    }),
  );
}
