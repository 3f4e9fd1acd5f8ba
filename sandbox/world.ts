import { type Connection, connect } from '../db/connect.ts';
import { readConfig } from '../src/config.ts';
import { createLog, type Logger } from '../src/log.ts';
import { type StartOptions, startUsher, type Usher } from '../src/main.ts';
import { createCast, type Seed } from './cast.ts';
import type { Platform, Seen, ShownIn } from './chat.ts';
import { passTime } from './pass-time.ts';
import { createPeople, type People } from './people.ts';
import { type Platforms, startPlatforms } from './platforms.ts';
import type { PretendSlack, PretendSlackOptions } from './slack/pretend-slack.ts';
import type { PretendTeams, PretendTeamsOptions } from './teams/pretend-teams.ts';

export interface WorldOptions<In extends Platform = 'slack'>
  extends Pick<StartOptions, 'sweepEveryMs' | 'clockEveryMs' | 'patienceMs' | 'parts'> {
  /** Where people act: Slack, unless this says otherwise. */
  in?: In;
  /** What usher is configured for: the one people act on, and Teams as soon as there is anything to say of it. */
  platforms?: Platform[];
  /** Settings beside the ones that point usher at the pretend platforms. */
  env?: Record<string, string>;
  people?: Seed[];
  slack?: Partial<PretendSlackOptions>;
  teams?: true | Partial<PretendTeamsOptions>;
  log?: Logger;
}

/** usher itself, unchanged, in a pretend workspace, a pretend tenant, or both. */
export interface World<Shown extends Seen = ShownIn['slack']> extends People<Shown> {
  /** Throws at any use when the world has no Slack; the same with `teams`. */
  slack: PretendSlack;
  teams: PretendTeams;
  /** The same people on the platform that is named, which the world must have. */
  on<On extends Platform>(platform: On): People<ShownIn[On]>;
  usher: Usher;
  db: Connection['db'];
  passTime(hours: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the pretend platforms, and usher in them; in Teams it has been told of the team it is installed in. */
export async function createWorld<In extends Platform = 'slack'>(
  options: WorldOptions<In> = {},
): Promise<World<ShownIn[In]>> {
  const { in: place = 'slack' as In, teams: teamsOptions } = options;
  const wanted = options.platforms ?? [
    ...new Set<Platform>([place, ...(teamsOptions ? ['teams' as const] : [])]),
  ];
  const platforms = await startPlatforms(wanted, { people: createCast(), ...options });
  const closing = [platforms.stop];
  try {
    const usher = await start(options, platforms);
    closing.unshift(usher.stop);
    await platforms.connect(`http://127.0.0.1:${usher.port}`);
    const connection = connect(usher.databaseUrl, { max: 4 });
    closing.unshift(connection.close);
    const { db } = connection;
    const on = (platform: Platform) =>
      platform === 'slack' ? createPeople(platforms.slack) : createPeople(platforms.teams);
    return {
      ...(on(place) as People<ShownIn[In]>),
      ...{ slack: platforms.slack, teams: platforms.teams, on: on as World['on'], usher, db },
      passTime: (hours) => passTime(db, hours),
      stop: () => closeAll(closing),
    };
  } catch (error) {
    await closeAll(closing);
    throw error;
  }
}

function start(options: WorldOptions<Platform>, { env }: Platforms): Promise<Usher> {
  const config = readConfig({ PORT: '0', LOG_LEVEL: 'warn', ...env.defaults, ...options.env, ...env.fixed });
  const { parts, sweepEveryMs, clockEveryMs, patienceMs } = options;
  return startUsher(config, {
    log: options.log ?? createLog(config.logLevel),
    ...(parts ? { parts } : {}),
    ...(sweepEveryMs ? { sweepEveryMs } : {}),
    ...(clockEveryMs ? { clockEveryMs } : {}),
    ...(patienceMs ? { patienceMs } : {}),
  });
}

async function closeAll(closing: (() => Promise<void>)[]): Promise<void> {
  for (const close of closing) await close();
}
