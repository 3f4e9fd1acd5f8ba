import type { Seed } from './cast.ts';
import type { Platform } from './chat.ts';
import { createPretendSlack, type PretendSlack, type PretendSlackOptions } from './slack/pretend-slack.ts';
import { createPretendTeams, type PretendTeams, type PretendTeamsOptions } from './teams/pretend-teams.ts';

/** The pretend platforms of a world; using one that was not started throws. */
export interface Platforms {
  slack: PretendSlack;
  teams: PretendTeams;
  /** Settings that point usher at them, and settings that only make sense with them and may be overruled. */
  env: { fixed: Record<string, string>; defaults: Record<string, string> };
  /** Tells them where usher listens. */
  connect(usherUrl: string): Promise<void>;
  stop(): Promise<void>;
}

interface PlatformOptions {
  people: Seed[];
  slack?: Partial<PretendSlackOptions>;
  teams?: true | Partial<PretendTeamsOptions>;
}

/** Starts the platforms named; the same people are on all of them. */
export async function startPlatforms(
  wanted: readonly Platform[],
  options: PlatformOptions,
): Promise<Platforms> {
  const { people } = options;
  const slack = wanted.includes('slack')
    ? await createPretendSlack({ people, channels: ['general', 'payments'], ...options.slack })
    : undefined;
  const teams = wanted.includes('teams') ? await startTeams(options).catch(stopping(slack)) : undefined;
  return {
    slack: slack ?? absent('Slack'),
    teams: teams ?? absent('Teams'),
    env: {
      fixed: { ...(slack && slackSettings(slack)), ...teams?.env },
      // Nobody is an admin of the pretend tenant, so Teams has to be told who may set usher up.
      defaults: teams ? { USHER_FOUNDERS: foundersOf(people) } : {},
    },
    connect: async (usherUrl) => {
      slack?.connect(`${usherUrl}/slack/events`);
      teams?.connect(`${usherUrl}/api/messages`);
      await teams?.addToTeam();
    },
    stop: async () => {
      await slack?.stop();
      await teams?.stop();
    },
  };
}

function startTeams({ people, teams }: PlatformOptions): Promise<PretendTeams> {
  const own = people.filter((one) => !one.isBot && !one.teamId);
  return createPretendTeams({ people: own, ...(teams === true ? {} : teams) });
}

function stopping(slack: PretendSlack | undefined) {
  return async (error: unknown): Promise<never> => {
    await slack?.stop();
    throw error;
  };
}

function slackSettings(slack: PretendSlack): Record<string, string> {
  return {
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
  };
}

function foundersOf(people: Seed[]): string {
  return people.flatMap(({ isAdmin, email }) => (isAdmin ? email : [])).join(',');
}

function absent<Pretend extends object>(name: string): Pretend {
  const complain = () => {
    throw new Error(`There is no ${name} in this world: name it in the \`platforms\` of createWorld.`);
  };
  return new Proxy({} as Pretend, { get: complain });
}
