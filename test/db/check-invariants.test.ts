import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql, TransactionRollbackError } from 'drizzle-orm';
import fc from 'fast-check';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { checkInvariants, type InvariantResult } from '../../db/check-invariants.ts';
import { type Connection, connect, type Transaction } from '../../db/connect.ts';
import { startEmbedded } from '../../db/embedded/embedded.ts';
import { invariants } from '../../db/invariants/invariants.ts';
import { normalAddress } from '../../db/invariants/people.ts';
import { migrate } from '../../db/migrate.ts';
import { parseEmailAddress } from '../../src/membership/email-address.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { anyText, hostileCharacters, validAddress } from '../membership/addresses.ts';
import { breakages } from './broken-rows/breakages.ts';
import { fillHealthily } from './healthy-database.ts';

let healthy: TestDatabase;
let connection: Connection;
let names: Map<string, string>;
const ending: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  healthy = await createTestDatabase();
  connection = connect(healthy.url, { max: 1 });
  await fillHealthily(connection.db);
  names = await readNames();
});

afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

afterAll(async () => {
  await connection.close();
  await healthy.drop();
});

describe('checking the rules', () => {
  test('a database that was filled through the operations keeps every rule', async () => {
    const results = await checkInvariants(connection.db);
    expect(results.filter(({ total }) => total > 0)).toEqual([]);
    expect(results.map(({ rule }) => rule)).toEqual(invariants.map(({ rule }) => rule));
  });

  test('every rule is named once and has a way to break it below', () => {
    expect(Object.keys(breakages).sort()).toEqual(invariants.map(({ rule }) => rule).sort());
  });

  describe.each(Object.entries(breakages))('%s', (rule, cases) => {
    test.each(cases)('%s is found by this rule alone', async (_, finds, ...statements) => {
      const { broken, expected } = await planted(finds, statements);
      expect(broken.map((result) => result.rule)).toEqual([rule]);
      const values = broken.flatMap(({ offending }) => offending.flatMap((row) => Object.values(row).flat()));
      expect(values.map(String)).toContain(expected);
    });
  });

  test('an invitation that a chat does not let through breaks no rule', async () => {
    const { broken } = await planted('', [
      `update invitation set delivery = 'refused' where id = '{invitation finn}'`,
    ]);
    expect(broken).toEqual([]);
  });

  test('at most twenty rows of a rule are shown, and all of them counted', async () => {
    const { broken } = await planted('', [
      `insert into outbox (topic, kind) select 'inv_' || n, 'redraw' from generate_series(1, 25) n`,
    ]);
    expect(broken).toMatchObject([{ total: 25 }]);
    expect(broken[0]?.offending).toHaveLength(20);
  });

  test('what only running jobs keep is left out where none run', async () => {
    const late = [`update outbox set due_at = now() - interval '2 days'`];
    const { broken } = await planted('', late);
    expect(broken.map(({ rule }) => rule)).toEqual(['No message waits for longer than a day past its time']);
    expect((await planted('', late, { running: false })).broken).toEqual([]);
  });

  test('the pattern of addresses says of every text what the program says', async () => {
    const touched = fc
      .tuple(validAddress, fc.nat(60), fc.constantFrom(...hostileCharacters, 'A', 'x', '1', '.', '-', ''))
      .map(([email, at, character]) => email.slice(0, at) + character + email.slice(at + 1));
    const lengths = [62, 63, 64, 65, 253, 254, 255].flatMap((n) => [
      `${'a'.repeat(n)}@acme.test`,
      `a@${'b'.repeat(n)}.test`,
      `a@${'b.'.repeat(n / 2)}test`,
    ]);
    const texts = fc
      .sample(fc.oneof(validAddress, touched, anyText), 2_000)
      .concat(lengths, ['a@127.0.0.1', 'a@1.2d'])
      // PostgreSQL keeps neither of these in a text.
      .filter((text) => !/[\0\p{Cs}]/u.test(text));
    const rows = await connection.db.execute<{ email: string; normal: boolean }>(sql`
      select email, ${sql.raw(normalAddress)} as normal from unnest(${sql.param(texts)}::text[]) as t (email)`);
    const differing = rows.filter(({ email, normal }) => normal !== (parseEmailAddress(email) === email));
    expect(differing).toEqual([]);
    expect(rows.filter(({ normal }) => normal).length).toBeGreaterThan(500);
  });
});

describe('the command', () => {
  test('prints a line per rule and ends with 0 when all hold', async () => {
    const { code, out } = await run({ DATABASE_URL: healthy.url });
    expect(out.split('\n')).toEqual(invariants.map(({ rule }) => `ok  ${rule}`));
    expect(code).toBe(0);
  });

  test('prints the rows that break a rule, how many more, and ends with 1', async () => {
    const url = await brokenCopy(
      `insert into outbox (topic, kind) select 'inv_' || n, 'redraw' from generate_series(1, 23) n`,
    );
    const { code, out } = await run({ DATABASE_URL: url });
    const lines = out.split('\n');
    const start = lines.indexOf(
      'BROKEN  A message to be sent is about an invitation, a batch of them, a pool, a member, a channel or an export, that exists',
    );
    expect(lines.slice(start + 1, start + 21).join('\n')).toMatch(/^( {8}\{.*"topic":"inv_\d+".*\}\n?){20}$/);
    expect(lines[start + 21]).toBe('        and 3 more');
    expect(code).toBe(1);
  });

  test('a server that is not there is said in one sentence without its password, with 2', async () => {
    const answer = await run({ DATABASE_URL: 'postgres://somebody:secret@127.0.0.1:1/nothing' });
    expect(answer).toEqual({
      code: 2,
      out: '',
      err: 'The database (127.0.0.1:1, database nothing) cannot be checked: connect ECONNREFUSED 127.0.0.1:1',
    });
  });

  test('a database without the tables says what to do, with 2', async () => {
    const url = await brokenCopy('alter table workspace rename to elsewhere');
    const { code, err } = await run({ DATABASE_URL: url });
    expect(err).toMatch(/relation "workspace" does not exist\. Run "npm run db:migrate" first\.$/);
    expect(code).toBe(2);
  });

  test('a directory without a database is left without one', async () => {
    const directory = await temporary();
    const { code, err } = await run({ USHER_DATA: join(directory, 'nothing') });
    expect(err).toContain(`There is no database in ${join(directory, 'nothing')}. Set DATABASE_URL`);
    expect(code).toBe(2);
  });

  test('the embedded database of a running usher is checked beside it', async () => {
    const directory = await temporary();
    const server = await startEmbedded(directory, { durable: false });
    ending.push(server.stop);
    await migrate(server.url);
    const { code, out, err } = await run({ USHER_DATA: directory });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('ok  An organization has exactly one Owner, an active member of it');
  });
});

/**
 * Plants rows in a transaction that is rolled back afterwards, checks the rules in it, and returns the broken ones, and
 * `finds` with the names in it resolved. What is planted could be committed: no deferred constraint is against it.
 */
async function planted(finds: string, statements: readonly string[], options: { running?: boolean } = {}) {
  const [expected, ...resolved] = resolve([finds, ...statements]);
  let results: InvariantResult[] = [];
  const run = async (tx: Transaction) => {
    for (const statement of resolved) await tx.execute(sql.raw(statement));
    await tx.execute(sql.raw('set constraints all immediate'));
    results = await checkInvariants(tx, options);
    tx.rollback();
  };
  await connection.db.transaction(run).catch((error: unknown) => {
    if (!(error instanceof TransactionRollbackError)) throw error;
  });
  return { expected, broken: results.filter(({ total }) => total > 0) };
}

/** The url of a copy of the healthy database in which this has been done, until the end of the test. */
async function brokenCopy(statement: string): Promise<string> {
  const source = new URL(healthy.url).pathname.slice(1);
  const name = `${source}_copy`;
  const url = Object.assign(new URL(healthy.url), { pathname: name }).href;
  // A database with a connection cannot be copied.
  await connection.close();
  await onServer(inject('testServer').url, `create database ${name} template ${source}`);
  connection = connect(healthy.url, { max: 1 });
  ending.push(() => onServer(inject('testServer').url, `drop database ${name} with (force)`));
  await onServer(url, statement);
  return url;
}

/** What stands for which id in `planted`. */
async function readNames(): Promise<Map<string, string>> {
  const rows = await connection.db.execute<{ name: string; id: string }>(sql`
    select 'account ' || name as name, id from account
    union all select 'organization ' || name, id from organization
    union all select 'member ' || split_part(email, '@', 1), id from member
    union all select 'invitation ' || split_part(email, '@', 1), id from invitation
    union all select 'product ' || d.name, d.id from license_product d
      join organization o on o.account_id = d.account_id and o.name = 'Payments'
    union all select case when p.organization_id is null then 'pool ' else 'dedicated ' end || d.name, p.id
      from license_pool p join license_product d on d.id = p.product_id
      join organization o on o.account_id = p.account_id and o.name = 'Payments'
    union all select 'team ' || name, id from team
    union all select 'project ' || name, id from project
    union all select 'export ' || split_part(m.email, '@', 1), e.id
      from export_request e join member m on m.id = e.member_id
    union all select 'outbox ' || split_part(email, '@', 1), o.id::text from outbox o join invitation i on i.id = o.topic`);
  return new Map(rows.map(({ name, id }) => [name, id]));
}

/** Puts ids in the place of names such as `{member ana}`. */
function resolve(texts: readonly string[]): string[] {
  return texts.map((text) =>
    text.replace(
      /\{((?:account|organization|member|invitation|outbox|team|project|export|product|pool|dedicated) \w+)\}/g,
      (_, name) => {
        const id = names.get(name);
        if (!id) throw new Error(`The healthy database has no ${name}.`);
        return id;
      },
    ),
  );
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  await client.unsafe(statement).finally(() => client.end());
}

async function temporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'usher-check-'));
  // As root the server runs as another user, who has to get in.
  await chmod(directory, 0o711);
  ending.push(() => rm(directory, { recursive: true }));
  return directory;
}

function run(env: Record<string, string>): Promise<{ code: number | null; out: string; err: string }> {
  const { PATH = '' } = process.env;
  const program = spawn(process.execPath, ['--import', 'tsx', 'db/check-invariants.ts'], {
    env: { PATH, ...env },
  });
  const said = { out: '', err: '' };
  program.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  program.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  return new Promise((resolve, reject) => {
    program.on('error', reject);
    program.on('close', (code) => resolve({ code, out: said.out.trim(), err: said.err.trim() }));
  });
}
