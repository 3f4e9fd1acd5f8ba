import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { AccountId, OrganizationId } from '../../../db/id.ts';
import { cleanLine } from '../clean-text.ts';
import { Refusal } from '../refusal.ts';

/** The most characters of a name. */
export const longestOrganizationName = 100;

/** Why an organization cannot have this name: signs that would end it in a command are not in it. */
export function organizationNameProblem(
  text: string,
): Refusal<'name-is-empty' | 'organization-name-not-usable'> | undefined {
  const name = cleanLine(text, longestOrganizationName);
  if (name === '') return new Refusal('name-is-empty', {});
  return /[@<>"“”]/.test(name) ? new Refusal('organization-name-not-usable', {}) : undefined;
}

/** The name of an organization as it is kept: one line. */
export function usableOrganizationName(text: string): string {
  const problem = organizationNameProblem(text);
  if (problem) throw problem;
  return cleanLine(text, longestOrganizationName);
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
