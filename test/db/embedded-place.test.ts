import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findBinaries, findInstalledPackage, makeRunnable } from '../../db/embedded/binaries.ts';
import { findPlace } from '../../db/embedded/place.ts';
import { canEnter, findServerUser, run, type ServerUser } from '../../db/embedded/user.ts';

let parent: string;
let system: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'usher-place-'));
  await chmod(parent, 0o711);
  system = join(parent, 'system');
});

afterEach(() => rm(parent, { recursive: true }));

test('the data is inside the directory where the server can get there', async () => {
  const directory = join(parent, 'usher');
  const place = await findPlace(directory, system);
  expect(place).toEqual({ directory, path: join(directory, 'postgresql'), user: await findServerUser() });
  await expect(stat(system)).rejects.toThrow('ENOENT');
});

test('a link to data that is missing is not taken for an empty place', async () => {
  const directory = join(parent, 'usher');
  await mkdir(directory);
  await symlink('/nowhere/at/all', join(directory, 'postgresql'));
  await expect(findPlace(directory, system)).rejects.toThrow('points to /nowhere/at/all, which is missing');
});

test('links of libraries that no install script made are made, and programs get their mode back', async () => {
  await mkdir(join(parent, 'native', 'lib'), { recursive: true });
  await mkdir(join(parent, 'native', 'bin'));
  await writeFile(join(parent, 'native', 'bin', 'postgres'), '', { mode: 0o644 });
  const links = [{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }];
  await writeFile(join(parent, 'native', 'pg-symlinks.json'), JSON.stringify(links));
  await makeRunnable(join(parent, 'native'));
  await makeRunnable(join(parent, 'native'));
  expect(await readlink(join(parent, 'native', 'lib', 'libx.so.1'))).toBe('libx.so.1.2');
  expect((await stat(join(parent, 'native', 'bin', 'postgres'))).mode & 0o777).toBe(0o755);
});

describe.runIf(process.getuid?.() === 0)('as root, in a directory that others cannot enter', () => {
  let closed: string;
  let user: ServerUser;

  beforeEach(async () => {
    closed = join(parent, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const found = await findServerUser();
    if (!found) throw new Error('As root the server always has a user.');
    user = found;
  });

  test('the server runs as an ordinary user', async () => {
    expect((await run('id', ['-u'], { user })).output).toBe(String(user.uid));
    expect(user.uid).toBeGreaterThan(0);
    expect(await canEnter(user, closed)).toBe(false);
    expect(await canEnter(user, parent)).toBe(true);
  });

  test('the data is in the system directory, and a link shows where', async () => {
    const place = await findPlace(join(closed, 'usher'), system);
    expect(dirname(place.path)).toBe(system);
    expect(await readlink(join(closed, 'usher', 'postgresql'))).toBe(place.path);
    expect((await stat(system)).mode & 0o777).toBe(0o755);
    expect(await findPlace(join(closed, 'usher'), system)).toEqual(place);
  });

  test('a copied or moved directory does not get the data of the one it came from', async () => {
    const { path } = await findPlace(join(closed, 'usher'), system);
    await rename(join(closed, 'usher'), join(closed, 'moved'));
    await expect(findPlace(join(closed, 'moved'), system)).rejects.toThrow(`mv ${path} ${system}/`);
  });

  test('data inside that the server cannot reach any more is said, not begun anew elsewhere', async () => {
    await mkdir(join(closed, 'usher', 'postgresql'), { recursive: true });
    await chown(join(closed, 'usher', 'postgresql'), user.uid, user.gid);
    await expect(findPlace(join(closed, 'usher'), system)).rejects.toThrow(
      `${user.name}, who runs its PostgreSQL, cannot enter it`,
    );
  });

  test('data that belongs to somebody is served as that person, and never as root', async () => {
    const path = join(parent, 'postgresql');
    await mkdir(path, { mode: 0o700 });
    await expect(findPlace(parent, system)).rejects.toThrow('belongs to root');
    await chown(path, 12_345, 54_321);
    expect(await findPlace(parent, system)).toMatchObject({ path, user: { uid: 12_345, gid: 54_321 } });
  });

  test.each([
    ['somebody else owns', (path: string) => chown(path, 12_345, 0)],
    ['somebody else may write', (path: string) => chmod(path, 0o777)],
  ])('a system directory that %s is refused', async (_, spoil) => {
    await mkdir(system);
    await spoil(system);
    await expect(findPlace(join(closed, 'usher'), system)).rejects.toThrow(
      `${system} is not a directory that belongs to root alone`,
    );
  });

  test('programs that the server cannot run where they are run from one copy for all', async () => {
    const { native, release } = await findInstalledPackage();
    const installed = { native: join(closed, 'native'), release };
    expect((await run('cp', ['-a', native, installed.native])).ok).toBe(true);
    const place = { directory: closed, path: join(closed, 'postgresql'), user };
    const [one, two] = await Promise.all([
      findBinaries(place, system, installed),
      findBinaries(place, system, installed),
    ]);
    expect(one).toEqual(two);
    expect(dirname(dirname(dirname(one.initdb)))).toBe(system);
    expect((await run(one.initdb, ['--version'], { user })).ok).toBe(true);
    expect((await lstat(one.initdb)).uid).toBe(0);
  });
});
