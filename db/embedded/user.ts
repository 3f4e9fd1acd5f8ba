import { spawn } from 'node:child_process';

/** The person the server runs as when usher itself runs as root, which PostgreSQL refuses to. */
export interface ServerUser {
  uid: number;
  gid: number;
  name: string;
}

export interface Outcome {
  ok: boolean;
  /** What it printed, or why it could not be started. */
  output: string;
}

/**
 * Runs a program to its end, or to `timeoutMs`, in an environment of nothing but PATH, so that no PG… variable of the
 * person reaches it. It never rejects: a program that cannot be started is an outcome that is not ok.
 */
export function run(
  program: string,
  parameters: readonly string[],
  options: { user?: ServerUser | undefined; timeoutMs?: number } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, {
      // The directory usher was started in may be closed to the other user.
      cwd: '/',
      env: bareEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      // Not `timeout`: its timer outlives a program that could not be started, and keeps this process waiting.
      signal: AbortSignal.timeout(options.timeoutMs ?? 60_000),
      windowsHide: true,
      ...(options.user && { uid: options.user.uid, gid: options.user.gid }),
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    const finish = (code: number | null) =>
      resolve({ ok: code === 0, output: output.trim() || `${program} ended with ${code ?? 'a signal'}` });
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', finish);
    // On Windows the server inherits the pipes of pg_ctl, so they do not close when pg_ctl ends.
    child.on('exit', (code) => setTimeout(finish, 1_000, code).unref());
  });
}

function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  return {
    LC_ALL: 'C',
    TZ: 'UTC',
    ...(PATH && { PATH }),
    ...(SystemRoot && { SystemRoot }),
    ...(TEMP && { TEMP }),
  };
}

/** Who the server is to run as: undefined is usher's own user; as root it is `postgres`, or a system user made once. */
export async function findServerUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const found = (await lookUp('postgres')) ?? (await lookUp('usher-postgres')) ?? (await createSystemUser());
  if (found) return found;
  throw new Error(
    'PostgreSQL does not run as root, and no user could be made for it. Make one with ' +
      '"useradd --system postgres", start usher as an ordinary user, or set DATABASE_URL.',
  );
}

async function lookUp(name: string): Promise<ServerUser | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  if (!uid.ok || !gid.ok || Number(uid.output) === 0) return undefined;
  return { uid: Number(uid.output), gid: Number(gid.output), name };
}

async function createSystemUser(): Promise<ServerUser | undefined> {
  const name = 'usher-postgres';
  const made = await run('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', name]);
  // BusyBox has no useradd.
  if (!made.ok) await run('adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', name]);
  return lookUp(name);
}

/** Whether this user may enter the directory, asked of the kernel, since modes alone do not tell. */
export async function canEnter(user: ServerUser, directory: string): Promise<boolean> {
  return (await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory], { user })).ok;
}
