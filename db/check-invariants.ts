import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'drizzle-orm';
import { type Connection, connect, type Database } from './connect.ts';
import { type EmbeddedServer, joinEmbedded } from './embedded/embedded.ts';
import { invariants } from './invariants/invariants.ts';

export interface InvariantResult {
  rule: string;
  /** At most 20 of the rows that break it, by their ids. */
  offending: Record<string, unknown>[];
  /** How many rows break it; 0 when the rule holds. */
  total: number;
}

const mostShown = 20;

/**
 * Proves every rule that rows can prove, all on one moment of the database; it writes nothing and blocks nobody. With
 * `running: false` the rules are left out that hold only while usher's jobs run.
 */
export function checkInvariants(
  db: Pick<Database, 'transaction'>,
  { running = true }: { running?: boolean } = {},
): Promise<InvariantResult[]> {
  const wanted = invariants.filter((invariant) => running || !invariant.onlyWhileRunning);
  return db.transaction(
    async (tx) => {
      await tx.execute(sql`set local statement_timeout = 0`);
      const results: InvariantResult[] = [];
      for (const { rule, query } of wanted) {
        const rows = await tx.execute<{ row: Record<string, unknown>; total: number }>(sql`
          select to_jsonb(offending) as row, count(*) over ()::int as total
          from (${sql.raw(query)}) as offending order by row limit ${mostShown}`);
        results.push({ rule, offending: rows.map(({ row }) => row), total: rows[0]?.total ?? 0 });
      }
      return results;
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** The lines to print about one rule. */
function report({ rule, offending, total }: InvariantResult): string[] {
  if (total === 0) return [`ok  ${rule}`];
  const more = total - offending.length;
  return [
    `BROKEN  ${rule}`,
    ...offending.map((row) => `        ${JSON.stringify(row)}`),
    ...(more > 0 ? [`        and ${more} more`] : []),
  ];
}

/** A database that can be checked, and what is to be closed afterwards. */
async function open(url: string | undefined, directory: string): Promise<Pick<Connection, 'db' | 'close'>> {
  const server = url ? undefined : await joinServer(directory);
  const connection = connect(url ?? server?.url ?? '', { max: 1 });
  const close = () => connection.close().finally(() => server?.stop());
  return { db: connection.db, close };
}

async function joinServer(directory: string): Promise<EmbeddedServer> {
  // Joining would make a new database where there is none, and prove nothing.
  await access(join(directory, 'postgresql')).catch(() => {
    throw new Error(
      `There is no database in ${directory}. Set DATABASE_URL, or USHER_DATA to the directory usher runs in.`,
    );
  });
  return joinEmbedded(directory);
}

/** Where the database is, without its password. */
function placeOf(url: string | undefined, directory: string): string {
  if (url === undefined) return directory;
  if (!URL.canParse(url)) return 'DATABASE_URL';
  const { host, pathname } = new URL(url);
  return `${host}, database ${pathname.slice(1)}`;
}

/** What PostgreSQL or the system said, which drizzle and Node hide behind an error of their own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  if (!(error instanceof Error)) return String(error);
  if (error.cause) return reasonOf(error.cause);
  const isMissing = 'code' in error && (error.code === '42P01' || error.code === '42703');
  return isMissing ? `${error.message}. Run "npm run db:migrate" first.` : error.message;
}

/** Prints one line per rule; 0 when all hold, 1 when one is broken, 2 when the database cannot be asked. */
async function main(): Promise<number> {
  // The configuration is read in src/, which db/ does not import; these two settings say where the database is.
  const url = process.env.DATABASE_URL || undefined;
  const directory = process.env.USHER_DATA || '.usher';
  try {
    const { db, close } = await open(url, directory);
    const results = await checkInvariants(db).finally(close);
    process.stdout.write(`${results.flatMap(report).join('\n')}\n`);
    return results.some(({ total }) => total > 0) ? 1 : 0;
  } catch (error) {
    process.stderr.write(`The database (${placeOf(url, directory)}) cannot be checked: ${reasonOf(error)}\n`);
    return 2;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main();
