import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createPeople,
  deactivate,
  type People,
  removeMember,
  type TestMember,
  type TestOrganization,
} from '../people.ts';
import { brokenBy, unusedId, type Write } from '../rule-breaking.ts';

let people: People;
let payments: TestOrganization;
let sister: TestOrganization;
let foreign: TestOrganization;
let ana: TestMember;
let gone: TestMember;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp('Payments');
  sister = await payments.addSister('Risk');
  foreign = await people.setUp('Foreign');
  ana = await payments.add('Ana');
  gone = await payments.add('Gone');
  await removeMember(people, gone);
});

afterAll(() => people.stop());

describe('the Owner is an active member of the organization at every commit:', () => {
  const rule = 'owner_is_an_active_member';
  const pointAt =
    (id: string): Write =>
    (tx) =>
      tx`update organization set owner_member_id = ${id} where id = ${payments.id}`;

  test.each<[string, () => Write]>([
    ['no organization points at somebody removed', () => pointAt(gone.id)],
    ['nor at a member of another organization', () => pointAt(sister.owner.id)],
    ['nor at a member of another account', () => pointAt(foreign.owner.id)],
    ['nor at nobody', () => pointAt(unusedId('mem'))],
    ['the Owner is not deactivated', () => (tx) => deactivate(tx, payments.owner.id)],
    [
      'nor moved to another organization',
      () => (tx) => tx`update member set organization_id = ${sister.id} where id = ${payments.owner.id}`,
    ],
    ['nor deleted', () => (tx) => tx`delete from member where id = ${sister.owner.id}`],
  ])('%s', async (_, write) => {
    expect(await brokenBy(people.sql, write())).toBe(rule);
  });

  test('it is so at the commit, not only when it is asked for', async () => {
    const committing = deactivate(people.sql, payments.owner.id);
    await expect(committing).rejects.toMatchObject({ constraint_name: rule });
    const [row] = await people.sql`select status from member where id = ${payments.owner.id}`;
    expect(row?.status).toBe('active');
  });

  test('an organization without an Owner does not exist', async () => {
    const message = await brokenBy(
      people.sql,
      (tx) => tx`update organization set owner_member_id = null where id = ${payments.id}`,
    );
    expect(message).toContain('null value in column "owner_member_id"');
  });

  test('the status it asks for cannot be set to another', async () => {
    const message = await brokenBy(
      people.sql,
      (tx) => tx`update organization set owner_status = 'inactive' where id = ${payments.id}`,
    );
    expect(message).toContain('owner_status');
  });

  test('handing over to an active member and leaving in the same transaction is fine', async () => {
    const handingOver: Write = async (tx) => {
      await deactivate(tx, payments.owner.id);
      await tx`update member set account_role = 'account-admin' where id = ${ana.id}`;
      await pointAt(ana.id)(tx);
    };
    expect(await brokenBy(people.sql, handingOver)).toBe('none');
  });
});
