import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readlink, realpath, stat, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { canEnter, findServerUser, type ServerUser } from './user.ts';

/** Where root keeps what the server's user cannot reach inside the checkout. */
export const systemDirectory = '/var/lib/usher';

export interface Place {
  /** The directory usher was given, without symbolic links. */
  directory: string;
  /** What holds `data`, `password` and `server.log`; it exists whole or not at all. */
  path: string;
  /** Who the server runs as; undefined is usher's own user. */
  user: ServerUser | undefined;
}

/**
 * Finds where the server of `directory` keeps its data: `postgresql` inside it, or, for root in a directory that the
 * server's user cannot enter, a directory below `system`, to which `postgresql` is then a symbolic link.
 */
export async function findPlace(given: string, system: string = systemDirectory): Promise<Place> {
  const user = await findServerUser();
  const directory = await ensureDirectory(resolve(given), user);
  const link = join(directory, 'postgresql');
  const outside = join(system, createHash('sha256').update(directory).digest('hex').slice(0, 16));
  const inside = !user || (await canEnter(user, directory));
  const path = (await linkedPlace(link, outside)) ?? (inside ? link : outside);
  if (user && path === outside) {
    await ensureRootOwned(system);
    await symlink(outside, link).catch(ignore('EEXIST'));
  }
  return { directory, path, user: user && (await ownerOf(path, user)) };
}

async function ensureDirectory(directory: string, user: ServerUser | undefined): Promise<string> {
  const made = await mkdir(directory, { recursive: true });
  // Others may pass through to what is theirs, and see no more.
  if (made) await chmod(directory, user ? 0o711 : 0o700);
  return realpath(directory);
}

async function linkedPlace(link: string, outside: string): Promise<string | undefined> {
  // EINVAL says that it is no link: data that is inside stays inside, even where the server's user cannot enter any more.
  const target = await readlink(link).catch((error) =>
    codeOf(error) === 'EINVAL' ? link : ignore('ENOENT')(error),
  );
  if (!target || target === link || target === outside) return target;
  if (dirname(target) === dirname(outside)) {
    throw new Error(
      `${link} points to ${target}, the database of another directory. If this directory was moved, run ` +
        `"mv ${target} ${outside} && ln -sfn ${outside} ${link}"; if it is a copy, remove ${link} to start empty.`,
    );
  }
  const path = await realpath(link).catch(ignore('ENOENT'));
  if (path) return path;
  throw new Error(`${link} points to ${target}, which is missing. Bring it back, or remove the link.`);
}

/** Data that is already there belongs to whoever made it, and PostgreSQL runs only as its owner. */
async function ownerOf(path: string, user: ServerUser): Promise<ServerUser> {
  const found = await stat(path).catch(ignore('ENOENT'));
  if (!found) return user;
  if (found.uid === 0) {
    throw new Error(
      `${path} belongs to root, as whom PostgreSQL does not run. Run "chown -R ${user.name} ${path}".`,
    );
  }
  const owner = found.uid === user.uid ? user : { uid: found.uid, gid: found.gid, name: `user ${found.uid}` };
  if (await canEnter(owner, path)) return owner;
  throw new Error(
    `${path} is there, but ${owner.name}, who runs its PostgreSQL, cannot enter it. ` +
      'Let others pass the directories above it (chmod o+x), or set USHER_DATA to a directory they can pass.',
  );
}

/** Makes the directory for root, readable by all; refuses one that somebody else made or could change. */
export async function ensureRootOwned(directory: string): Promise<void> {
  const made = await mkdir(directory, { recursive: true });
  if (made) await chmod(directory, 0o755);
  const found = await lstat(directory);
  if (found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0) return;
  throw new Error(
    `${directory} is not a directory that belongs to root alone, so usher does not trust what is in it. ` +
      'Remove it, or set DATABASE_URL to a PostgreSQL server.',
  );
}

/** A handler for `catch` that turns errors with these codes into undefined. */
export function ignore(...codes: string[]): (error: unknown) => undefined {
  return (error) => {
    if (!codes.includes(codeOf(error) ?? '')) throw error;
  };
}

/** The code of a system or PostgreSQL error. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
