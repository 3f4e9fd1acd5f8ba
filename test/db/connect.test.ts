import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connection, connect } from '../../db/connect.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { eventually } from '../jobs/eventually.ts';

let database: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url);
});
afterAll(async () => {
  await connection?.close();
  await database?.drop();
});

const transact = (statement: ReturnType<typeof sql>) =>
  connection.db.transaction((tx) => tx.execute(statement));

test('a transaction whose connection is cut fails, the process lives, and others work again', async () => {
  for (let round = 0; round < 10; round += 1) {
    await expect(transact(sql`select pg_terminate_backend(pg_backend_pid())`)).rejects.toThrow();
    await eventually('a transaction works', () => transact(sql`select 1`).catch(() => undefined));
  }
});

test('a statement is named, and so planned once in a session, in a transaction and in a savepoint of it too', async () => {
  const named = await connection.db.transaction(async (tx) => {
    await tx.execute(sql`select ${1}::int as outside`);
    await tx.transaction(async (savepoint) => {
      await savepoint.execute(sql`select ${1}::int as inside`);
      await savepoint.transaction((inner) => inner.execute(sql`select ${1}::int as innermost`));
    });
    return tx.execute(sql`select statement from pg_prepared_statements where statement ~ 'as (out|in)'`);
  });
  expect(named.map(({ statement }) => statement).sort()).toEqual([
    'select $1::int as innermost',
    'select $1::int as inside',
    'select $1::int as outside',
  ]);
});

test('a transaction that fails by itself says so', async () => {
  await expect(transact(sql`select * from nothing`)).rejects.toMatchObject({ cause: { code: '42P01' } });
  const notAnArray = { an: 'object' } as never;
  await expect(transact(sql`select ${notAnArray}::int[]`)).rejects.toMatchObject({
    cause: { code: 'ERR_INVALID_ARG_TYPE' },
  });
});
