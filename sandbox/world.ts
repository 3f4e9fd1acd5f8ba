import { type Connection, connect } from '../db/connect.ts';
import { readConfig } from '../src/config.ts';
import { createLog, type Logger } from '../src/log.ts';
import { type StartOptions, startUsher, type Usher } from '../src/main.ts';
import { createCast } from './cast.ts';
import { passTime } from './pass-time.ts';
import { createPeople, type People } from './people.ts';
import { createPretendSlack, type PretendSlack, type PretendSlackOptions } from './slack/pretend-slack.ts';
import type { PersonSeed } from './slack/types.ts';

export interface WorldOptions extends Pick<StartOptions, 'sweepEveryMs' | 'clockEveryMs' | 'parts'> {
  /** Settings beside the ones that point usher at the pretend Slack. */
  env?: Record<string, string>;
  people?: PersonSeed[];
  slack?: Partial<PretendSlackOptions>;
  log?: Logger;
}

/** usher itself, unchanged, in a pretend workspace. */
export interface World extends People {
  slack: PretendSlack;
  usher: Usher;
  db: Connection['db'];
  passTime(hours: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the pretend workspace, and usher in it. */
export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const slack = await createPretendSlack({
    people: options.people ?? createCast(),
    channels: ['general', 'payments'],
    ...options.slack,
  });
  const closing = [slack.stop];
  try {
    const config = readConfig({
      PORT: '0',
      LOG_LEVEL: 'warn',
      ...options.env,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
    });
    const { parts, sweepEveryMs, clockEveryMs } = options;
    const usher = await startUsher(config, {
      log: options.log ?? createLog(config.logLevel),
      ...(parts ? { parts } : {}),
      ...(sweepEveryMs ? { sweepEveryMs } : {}),
      ...(clockEveryMs ? { clockEveryMs } : {}),
    });
    closing.unshift(usher.stop);
    slack.connect(`http://127.0.0.1:${usher.port}/slack/events`);
    const connection = connect(usher.databaseUrl, { max: 4 });
    closing.unshift(connection.close);
    const { db } = connection;
    return {
      ...createPeople(slack),
      ...{ slack, usher, db },
      passTime: (hours) => passTime(db, hours),
      stop: () => closeAll(closing),
    };
  } catch (error) {
    await closeAll(closing);
    throw error;
  }
}

async function closeAll(closing: (() => Promise<void>)[]): Promise<void> {
  for (const close of closing) await close();
}
