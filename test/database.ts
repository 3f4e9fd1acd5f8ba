import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';

export interface TestDatabase {
  url: string;
  /** Drops the database, with whatever is still connected to it. */
  drop(): Promise<void>;
}

/** Makes a migrated, empty database of one's own on the server of this test run; there is no other server it would use. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('testServer');
  if (!server?.url) {
    throw new Error(
      'There is no server for tests: run them with vitest.config.ts, whose global setup starts one.',
    );
  }
  const name = `usher_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await execute(server.url, `create database ${name} template ${server.template}`);
  const url = new URL(server.url);
  url.pathname = name;
  return { url: url.href, drop: () => execute(server.url, `drop database if exists ${name} with (force)`) };
}

async function execute(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
