import { migrate } from '../../../db/migrate.ts';

const [url = ''] = process.argv.slice(2);
await migrate(url);
