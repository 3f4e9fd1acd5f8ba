import { joinEmbedded } from './embedded/embedded.ts';
import { migrate } from './migrate.ts';

// `npm run db:migrate`. db/ knows nothing above it, so it reads its two settings itself.
const { DATABASE_URL, USHER_DATA = '.usher' } = process.env;

try {
  const server = DATABASE_URL ? { url: DATABASE_URL, stop: async () => {} } : await joinEmbedded(USHER_DATA);
  await migrate(server.url, { log: console.log }).finally(server.stop);
  console.log('The database has the schema of this usher.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
