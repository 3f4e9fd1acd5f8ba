import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { codeOf, ignore, type Place } from './place.ts';
import { run } from './user.ts';

/** How long making a data directory may take on the slowest disk. */
const initialiseMs = 300_000;

/** A data directory that is ready to be served; nothing in it says whether it is. */
export interface Cluster {
  place: Place;
  binaries: Binaries;
  password: string;
}

/** Opens the data directory of `place`, made first when there is none. Of two that make it at once, one is kept. */
export async function openCluster(place: Place, binaries: Binaries, durable: boolean): Promise<Cluster> {
  if (!(await dataVersion(place))) await initialise(place, binaries, durable);
  await assertSameMajor(place, binaries);
  const password = await readFile(join(place.path, 'password'), 'utf8').catch(explainOwner(place));
  return { place, binaries, password: password.trim() };
}

/** Removes what starts that were killed half-way left beside the data. */
export async function removeUnfinished({ place }: Cluster): Promise<void> {
  const parent = dirname(place.path);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${basename(place.path)}.new-`)) continue;
    const unfinished = join(parent, name);
    const found = await stat(unfinished).catch(ignore('ENOENT'));
    // A younger one may be the work of somebody who started at the same moment, and will find itself too late.
    if (!found || Date.now() - found.mtimeMs < 2 * initialiseMs) continue;
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function initialise(place: Place, binaries: Binaries, durable: boolean): Promise<void> {
  const unfinished = `${place.path}.new-${randomBytes(6).toString('hex')}`;
  const passwordFile = join(unfinished, 'password');
  try {
    await mkdir(unfinished, { mode: 0o700 });
    await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    if (place.user) {
      await chown(passwordFile, place.user.uid, place.user.gid);
      await chown(unfinished, place.user.uid, place.user.gid);
    }
    const made = await run(
      binaries.initdb,
      [
        ...['-D', join(unfinished, 'data'), '--username=usher', `--pwfile=${passwordFile}`],
        ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions'],
        ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
        ...(durable ? [] : ['--no-sync']),
      ],
      { user: place.user, timeoutMs: initialiseMs },
    );
    if (!made.ok)
      throw new Error(`PostgreSQL could not make its data directory in ${place.path}:\n${made.output}`);
    await rename(unfinished, place.path).catch(ignore('ENOTEMPTY', 'EEXIST', 'EPERM'));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function assertSameMajor(place: Place, binaries: Binaries): Promise<void> {
  const found = await dataVersion(place);
  const major = binaries.version.split('.')[0];
  if (found === major) return;
  if (!found)
    throw new Error(`${place.path} is not empty, yet holds no database. Move it away, or set USHER_DATA.`);
  throw new Error(
    `The data in ${place.path} was made by PostgreSQL ${found}; this usher brings PostgreSQL ${major}, which cannot read ` +
      'it. Start the usher that made it, take a dump with pg_dump, and restore that into a new directory (USHER_DATA).',
  );
}

async function dataVersion(place: Place): Promise<string | undefined> {
  const text = await readFile(join(place.path, 'data', 'PG_VERSION'), 'utf8').catch((error) =>
    codeOf(error) === 'ENOENT' ? undefined : explainOwner(place)(error),
  );
  return text?.trim();
}

function explainOwner(place: Place): (error: unknown) => never {
  return (cause) => {
    if (codeOf(cause) !== 'EACCES') throw cause;
    const advice = 'Start usher as that user, or set USHER_DATA to a directory of your own.';
    throw new Error(`The database in ${place.path} belongs to another user. ${advice}`, { cause });
  };
}
