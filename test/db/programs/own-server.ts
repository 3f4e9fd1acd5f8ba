import { startEmbedded } from '../../../db/embedded/embedded.ts';

// Says its url, or why it has none, and then holds the server until it is killed.
const [directory = ''] = process.argv.slice(2);
await startEmbedded(directory, { durable: false }).then(
  ({ url }) => process.stdout.write(`${url}\n`),
  (error) => {
    process.stdout.write(`${error.name}: ${error.message}\n`);
    process.exit(1);
  },
);
