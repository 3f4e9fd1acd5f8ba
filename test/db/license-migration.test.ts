import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

const name = `usher_test_${randomBytes(6).toString('hex')}`;
let sql: postgres.Sql;

beforeAll(async () => {
  await onServer(`create database ${name}`);
  const url = Object.assign(new URL(inject('testServer').url), { pathname: name }).href;
  sql = postgres(url, { max: 1, onnotice: () => {} });
});

afterAll(async () => {
  await sql.end();
  await onServer(`drop database ${name} with (force)`);
});

async function onServer(statement: string): Promise<void> {
  const server = postgres(inject('testServer').url, { max: 1, onnotice: () => {} });
  await server.unsafe(statement).finally(() => server.end());
}

async function apply(migrations: readonly { tag: string }[]): Promise<void> {
  for (const { tag } of migrations) {
    const text = readFileSync(`db/migrations/${tag}.sql`, 'utf8');
    for (const statement of text.split('--> statement-breakpoint')) await sql.unsafe(statement);
  }
}

test('accounts that were set up before there were licences get the catalogue too', async () => {
  const { entries } = JSON.parse(readFileSync('db/migrations/meta/_journal.json', 'utf8'));
  const at = entries.findIndex(({ tag }: { tag: string }) => tag.endsWith('_licenses'));
  await apply(entries.slice(0, at));
  await sql`insert into account (id, name) values ('acc_1', 'One'), ('acc_2', 'Two')`;
  await apply(entries.slice(at, at + 1));
  const rows = await sql`
    select d.account_id, d.name, d.kind, p.total, p.used from license_product d
    join license_pool p on p.product_id = d.id and p.organization_id is null
    where d.id ~ '^prd_[0-9a-f]{32}$' and p.id ~ '^pol_[0-9a-f]{32}$' order by d.account_id, d.name`;
  const ofEach = [
    ['KRE', 'per-concurrent-use'],
    ['KSE', 'per-seat'],
    ['TestOps', 'per-seat'],
    ['TestOps Guest', 'per-seat'],
  ];
  expect(rows.map((row) => [row.account_id, row.name, row.kind, row.total, row.used])).toEqual(
    ['acc_1', 'acc_2'].flatMap((account) => ofEach.map(([product, kind]) => [account, product, kind, 0, 0])),
  );
});
