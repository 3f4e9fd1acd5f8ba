import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  createPretendSlack,
  type PretendSlack,
  type PretendSlackOptions,
} from '../../sandbox/slack/pretend-slack.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** usher as its operator starts it: a process of its own. */
export interface UsherProcess {
  child: ChildProcess;
  /** Everything it has written so far. */
  output(): string;
  /** Resolves with the port once it listens; rejects with what it wrote when it ends before. */
  listening: Promise<number>;
  /** Resolves with its exit code; null when a signal ended it. */
  exited: Promise<number | null>;
}

/** Starts usher with exactly this environment, besides what it takes to run a program at all. */
export function startProcess(env: Record<string, string>, ...parts: string[]): UsherProcess {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...parts], {
    env: { PATH, HOME, TMPDIR, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stderr.on('data', (chunk) => (text += chunk));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const listening = new Promise<number>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      text += `${line}\n`;
      const port = /usher listens on port (\d+)/.exec(line)?.[1];
      if (port) resolve(Number(port));
    });
    exited.then((code) => reject(new Error(`usher ended with ${code} and had written:\n${text}`)));
  });
  listening.catch(() => {});
  return { child, output: () => text, listening, exited };
}

/** Ends a process, unless it has ended. */
export async function killProcess({ child, exited }: UsherProcess): Promise<void> {
  child.kill('SIGKILL');
  await exited;
}

/** A database and a workspace for processes of one test, which lets others of its file run beside it. */
export interface Ground {
  database: TestDatabase;
  slack: PretendSlack;
  settings: Record<string, string>;
  /** Starts usher here, with these settings besides. */
  start(env?: Record<string, string>, ...parts: string[]): UsherProcess;
}

/** Prepares everything a process needs; all of it, and what still runs then, ends with the test. */
export async function createGround(
  people: PretendSlackOptions['people'],
  whenDone: (end: () => Promise<void>) => void,
): Promise<Ground> {
  const database = await createTestDatabase();
  whenDone(database.drop);
  const slack = await createPretendSlack({ people, channels: ['general'] });
  whenDone(slack.stop);
  const settings = settingsFor(slack, database.url);
  function start(env: Record<string, string> = {}, ...parts: string[]): UsherProcess {
    const usher = startProcess({ ...settings, ...env }, ...parts);
    whenDone(() => killProcess(usher));
    return usher;
  }
  return { database, slack, settings, start };
}

/** What usher has to be told to work in this pretend workspace, on a free port. */
function settingsFor(slack: PretendSlack, databaseUrl: string): Record<string, string> {
  return {
    PORT: '0',
    DATABASE_URL: databaseUrl,
    USHER_SECRET: 'x'.repeat(32),
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
  };
}
