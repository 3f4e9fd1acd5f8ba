import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { AccountId, OrganizationId } from '../../../db/id.ts';
import { cleanLine } from '../clean-text.ts';
import { Refusal } from '../refusal.ts';

/** The most characters of a name. */
export const longestOrganizationName = 100;

/** The name of an organization as it is kept: one line, without the signs that would end it in a command. */
export function usableOrganizationName(text: string): string {
  const name = cleanLine(text, longestOrganizationName);
  if (name === '') throw new Refusal('name-is-empty', {});
  if (/[@<>"“”]/.test(name)) throw new Refusal('organization-name-not-usable', {});
  return name;
}

/** Refuses a name that another organization has, in any case of letters. Once the account is locked it stays free. */
export async function refuseTakenName(
  tx: Transaction,
  accountId: AccountId,
  name: string,
  except?: OrganizationId,
): Promise<void> {
  const [taken] = await tx.execute<{ name: string }>(sql`
    select name from organization where account_id = ${accountId}
      and lower(name) = lower(${name} collate "und-x-icu") and id is distinct from ${except ?? null}`);
  if (taken) throw new Refusal('organization-exists', { organization: taken.name });
}
