import { type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Database, Transaction } from '../../db/connect.ts';

/** How the server went about one statement. */
export interface Plan {
  /** Pages looked at, in memory or on disk. */
  buffers: number;
  /** The tables that were read from their first row to their last. */
  scannedTables: string[];
}

/** The plans a session has for a statement: one for these values, and one for whatever values, when it was sent often. */
export const planModes = ['force_custom_plan', 'force_generic_plan'] as const;
export type PlanMode = (typeof planModes)[number];

/** The plans of all statements that usher sends through the database while this runs, in their order. */
export async function plansOf(
  db: Database,
  mode: PlanMode,
  run: (db: Database) => Promise<unknown>,
): Promise<Plan[]> {
  const plans: Plan[] = [];
  await run(intercepting(db, async (tx, query) => plans.push(await explain(tx, mode, query))));
  return plans;
}

type BeforeStatement = (tx: Transaction, query: SQL) => Promise<unknown>;

/** The same database, except that something is done before each statement of a transaction. */
function intercepting(db: Database, before: BeforeStatement): Database {
  const transaction = (run: (tx: Transaction) => Promise<unknown>) =>
    db.transaction((tx) => {
      const execute = async (query: SQL) => {
        await before(tx, query);
        return tx.execute(query);
      };
      return run(replacing(tx, { execute }));
    });
  return replacing(db, { transaction });
}

function replacing<Target extends object>(target: Target, replacement: Record<string, unknown>): Target {
  return new Proxy(target, {
    get: (_, property) =>
      typeof property === 'string' && property in replacement
        ? replacement[property]
        : Reflect.get(target, property),
  });
}

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Loops': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Node[];
}

class Undo extends Error {}

/** Carries the statement out as a session that has prepared it would, and undoes that. */
async function explain(tx: Transaction, mode: PlanMode, query: SQL): Promise<Plan> {
  const { sql: text, params } = new PgDialect().sqlToQuery(query);
  const values = params.length === 0 ? '' : `(${params.map(literal).join(', ')})`;
  let root: Node | undefined;
  const attempt = tx.transaction(async (inner) => {
    await inner.execute(sql.raw(`set local plan_cache_mode = ${mode}`));
    await inner.execute(sql.raw(`prepare explained as ${text}`));
    const [row] = await inner.execute(
      sql.raw(`explain (analyze, buffers, format json) execute explained${values}`),
    );
    await inner.execute(sql`deallocate explained`);
    const [explained] = (row?.['QUERY PLAN'] ?? []) as { Plan: Node }[];
    root = explained?.Plan;
    throw new Undo();
  });
  await attempt.catch((error) => {
    if (!(error instanceof Undo)) throw error;
  });
  if (!root) throw new Error('The server explained nothing.');
  return {
    buffers: root['Shared Hit Blocks'] + root['Shared Read Blocks'],
    scannedTables: flatten(root).flatMap((node) =>
      node['Node Type'] === 'Seq Scan' && node['Actual Loops'] > 0 ? (node['Relation Name'] ?? []) : [],
    ),
  };
}

function flatten(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}

function literal(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    const elements = value.map((element) => `"${String(element).replace(/["\\]/g, '\\$&')}"`);
    return quoted(`{${elements.join(',')}}`);
  }
  return quoted(String(value));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
