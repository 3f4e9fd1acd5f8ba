import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './db/schema.ts',
    './db/license-schema.ts',
    './db/team-schema.ts',
    './db/channel-schema.ts',
    './db/export-schema.ts',
  ],
  out: './db/migrations',
});
