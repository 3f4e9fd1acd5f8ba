import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { checkInvariants } from '../../db/check-invariants.ts';
import { type Connection, connect } from '../../db/connect.ts';
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
let copies = 0;
const ending: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  healthy = await createTestDatabase();
  const connection = connect(healthy.url);
  await fillHealthily(connection.db).finally(connection.close);
});

afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

afterAll(() => healthy.drop());

describe('checking the rules', () => {
  test('a database that was filled through the operations keeps every rule', async () => {
    const { connection } = await copy();
    const results = await checkInvariants(connection.db);
    expect(results.filter(({ total }) => total > 0)).toEqual([]);
    expect(results.map(({ rule }) => rule)).toEqual(invariants.map(({ rule }) => rule));
  });

  test('every rule is named once and has a way to break it below', () => {
    expect(Object.keys(breakages).sort()).toEqual(invariants.map(({ rule }) => rule).sort());
  });

  describe.each(Object.entries(breakages))('%s', (rule, cases) => {
    test.each(cases)('%s is found by this rule alone', async (_, finds, ...statements) => {
      const { connection, plant } = await copy();
      const [expected] = await plant(finds, ...statements);
      const broken = (await checkInvariants(connection.db)).filter(({ total }) => total > 0);
      expect(broken.map((result) => result.rule)).toEqual([rule]);
      const values = broken.flatMap(({ offending }) => offending.flatMap((row) => Object.values(row).flat()));
      expect(values.map(String)).toContain(expected);
    });
  });

  test('at most twenty rows of a rule are shown, and all of them counted', async () => {
    const { connection, plant } = await copy();
    await plant(
      '',
      `insert into outbox (topic, kind) select 'inv_' || n, 'redraw' from generate_series(1, 25) n`,
    );
    const broken = (await checkInvariants(connection.db)).filter(({ total }) => total > 0);
    expect(broken).toMatchObject([{ total: 25 }]);
    expect(broken[0]?.offending).toHaveLength(20);
  });

  test('what only running jobs keep is left out where none run', async () => {
    const { connection, plant } = await copy();
    await plant('', `update outbox set due_at = now() - interval '2 days'`);
    const rule = 'No message waits for longer than a day past its time';
    const found = async (running?: boolean) => {
      const results = await checkInvariants(connection.db, running === undefined ? {} : { running });
      return results.filter(({ total }) => total > 0).map((result) => result.rule);
    };
    expect(await found()).toEqual([rule]);
    expect(await found(false)).toEqual([]);
  });

  test('the pattern of addresses says of every text what the program says', async () => {
    const { sql } = await copy();
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
    const rows = await sql.unsafe(
      `select email, ${normalAddress} as normal from unnest($1::text[]) as t (email)`,
      [texts],
    );
    const differing = rows.filter(({ email, normal }) => normal !== (parseEmailAddress(email) === email));
    expect(differing).toEqual([]);
    expect(rows.filter(({ normal }) => normal).length).toBeGreaterThan(500);
  });
});

describe('the command', () => {
  test('prints a line per rule and ends with 0 when all hold', async () => {
    const { url } = await copy();
    const { code, out } = await run({ DATABASE_URL: url });
    expect(out.split('\n')).toEqual(invariants.map(({ rule }) => `ok  ${rule}`));
    expect(code).toBe(0);
  });

  test('prints the rows that break a rule, how many more, and ends with 1', async () => {
    const { url, plant } = await copy();
    await plant(
      '',
      `insert into outbox (topic, kind) select 'inv_' || n, 'redraw' from generate_series(1, 23) n`,
    );
    const { code, out } = await run({ DATABASE_URL: url });
    const lines = out.split('\n');
    const start = lines.indexOf(
      'BROKEN  A message to be sent is about an invitation, a batch of them or a pool, that exists',
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
    const { url, plant } = await copy();
    await plant('', 'alter table workspace rename to elsewhere');
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

/** A copy of the healthy database of one's own, until the end of the test. */
async function copy() {
  const name = `${new URL(healthy.url).pathname.slice(1)}_${++copies}`;
  const url = Object.assign(new URL(healthy.url), { pathname: name }).href;
  await onServer(`create database ${name} template ${new URL(healthy.url).pathname.slice(1)}`);
  ending.push(() => onServer(`drop database ${name} with (force)`));
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const connection: Connection = connect(url, { max: 1 });
  ending.push(() => sql.end(), connection.close);
  return {
    url,
    sql,
    connection,
    /** Runs the statements, with the names in them resolved, and returns the first text, resolved too. */
    async plant(...texts: string[]): Promise<string[]> {
      const resolved = await resolve(sql, texts);
      await sql.begin((tx) => resolved.slice(1).map((statement) => tx.unsafe(statement)));
      return resolved;
    },
  };
}

/** Puts ids in the place of names such as `{member ana}`. */
async function resolve(sql: postgres.Sql, texts: readonly string[]): Promise<string[]> {
  const rows = await sql`
    select 'account ' || name as name, id from account
    union all select 'organization ' || name, id from organization
    union all select 'member ' || split_part(email, '@', 1), id from member
    union all select 'invitation ' || split_part(email, '@', 1), id from invitation
    union all select 'product ' || d.name, d.id from license_product d
      join organization o on o.account_id = d.account_id and o.name = 'Payments'
    union all select case when p.organization_id is null then 'pool ' else 'dedicated ' end || d.name, p.id
      from license_pool p join license_product d on d.id = p.product_id
      join organization o on o.account_id = p.account_id and o.name = 'Payments'
    union all select 'export ' || split_part(m.email, '@', 1), e.id
      from export_request e join member m on m.id = e.member_id
    union all select 'outbox ' || split_part(email, '@', 1), o.id::text from outbox o join invitation i on i.id = o.topic`;
  const ids = new Map(rows.map(({ name, id }) => [name, id]));
  return texts.map((text) =>
    text.replace(
      /\{((?:account|organization|member|invitation|outbox|export|product|pool|dedicated) \w+)\}/g,
      (_, name) => {
        const id = ids.get(name);
        if (!id) throw new Error(`The healthy database has no ${name}.`);
        return id;
      },
    ),
  );
}

async function onServer(statement: string): Promise<void> {
  const sql = postgres(inject('testServer').url, { max: 1, onnotice: () => {} });
  await sql.unsafe(statement).finally(() => sql.end());
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
