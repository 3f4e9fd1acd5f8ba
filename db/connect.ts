import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as channels from './channel-schema.ts';
import * as exports from './export-schema.ts';
import * as licenses from './license-schema.ts';
import * as people from './schema.ts';

const schema = { ...people, ...licenses, ...channels, ...exports };

/** The open database, or a transaction on it; operations take either. */
export type Database = PostgresJsDatabase<typeof schema>;

/** One open transaction. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export interface Connection {
  db: Database;
  close(): Promise<void>;
}

/**
 * Opens a pool of at most `max` connections. Statements are cut off after 5 s, waiting for a lock after 2 s, an idle
 * transaction after 10 s: a request never hangs longer than a person waits.
 */
export function connect(
  url: string,
  options: { max?: number; statementTimeoutMs?: number; log?: (statement: string) => void } = {},
): Connection {
  const client = postgres(url, {
    max: options.max ?? 10,
    onnotice: () => {},
    connection: {
      application_name: 'usher',
      TimeZone: 'UTC',
      statement_timeout: options.statementTimeoutMs ?? 5_000,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 10_000,
    },
  });
  adapt(client);
  const { log } = options;
  const logger = log ? { logQuery: (statement: string) => log(statement) } : false;
  return { db: drizzle(client, { schema, logger }), close: () => client.end({ timeout: 5 }) };
}

/** A plan made for a handful of values joins thousands in nested loops: longer lists are planned as they are. */
const longestPlannedList = 100;

/**
 * drizzle sends every statement unnamed, so that the server plans it anew each time; named ones are planned once.
 * And postgres.js sends the ROLLBACK of a transaction whose connection is gone all the same, which ends the process
 * (its issue 1208): such a transaction has already failed, so its rollback is waited for without end instead.
 */
function adapt(client: postgres.Sql): void {
  nameStatements(client);
  const begin = client.begin.bind(client);
  client.begin = ((run: (transaction: postgres.TransactionSql) => Promise<unknown>) =>
    begin((transaction) => {
      nameStatementsWithin(transaction);
      return run(transaction).catch((error: unknown) => {
        if (isConnectionLost(error)) return new Promise(() => {});
        throw error;
      });
    })) as typeof client.begin;
}

/** Savepoints have statements of their own, for which the same holds. */
function nameStatementsWithin(transaction: postgres.TransactionSql): void {
  nameStatements(transaction);
  const savepoint = transaction.savepoint.bind(transaction);
  transaction.savepoint = ((run: (inner: postgres.TransactionSql) => Promise<unknown>) =>
    savepoint((inner) => {
      nameStatementsWithin(inner);
      return run(inner);
    })) as typeof transaction.savepoint;
}

function nameStatements(client: Pick<postgres.Sql, 'unsafe'>): void {
  const { unsafe } = client;
  client.unsafe = ((text, parameters, options) => {
    const isLong = (value: unknown) => Array.isArray(value) && value.length > longestPlannedList;
    return unsafe(text, parameters, { ...options, prepare: !parameters?.some(isLong) });
  }) as typeof unsafe;
}

/** True of what a statement fails with when its connection ends under it, by a word of the server or without one. */
function isConnectionLost(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : undefined;
  if (cause instanceof postgres.PostgresError) return cause.severity === 'FATAL';
  return (
    cause !== undefined &&
    ('errno' in cause || ('code' in cause && String(cause.code).startsWith('CONNECTION_')))
  );
}
