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

test('a transaction that fails by itself says so', async () => {
  await expect(transact(sql`select * from nothing`)).rejects.toMatchObject({ cause: { code: '42P01' } });
  const notAnArray = { an: 'object' } as never;
  await expect(transact(sql`select ${notAnArray}::int[]`)).rejects.toMatchObject({
    cause: { code: 'ERR_INVALID_ARG_TYPE' },
  });
});
