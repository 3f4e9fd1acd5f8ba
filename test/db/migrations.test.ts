import { readFileSync } from 'node:fs';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { expect, test } from 'vitest';
import * as channels from '../../db/channel-schema.ts';
import * as exports from '../../db/export-schema.ts';
import * as licenses from '../../db/license-schema.ts';
import * as people from '../../db/schema.ts';
import * as groups from '../../db/team-schema.ts';

test('the migrations make exactly the tables of the schema', async () => {
  const schema = { ...people, ...licenses, ...groups, ...channels, ...exports };
  const { entries } = JSON.parse(readFileSync('db/migrations/meta/_journal.json', 'utf8'));
  const last = String(entries.at(-1).idx).padStart(4, '0');
  const migrated = JSON.parse(readFileSync(`db/migrations/meta/${last}_snapshot.json`, 'utf8'));
  const missing = await generateMigration(migrated, generateDrizzleJson(schema, migrated.id));
  expect(missing, 'run: npm run db:generate').toEqual([]);
});
