import { z } from 'zod';
import { parseEmailAddress } from './membership/email-address.ts';

const address = z.string().transform((text, context) => {
  const email = parseEmailAddress(text);
  if (!email) context.addIssue('has an entry that is not an e-mail address');
  return email ?? '';
});

const settings = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().optional(),
  BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  USHER_DATA: z.string().default('.usher'),
  USHER_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  USHER_SECRET_PREVIOUS: z.string().min(32, 'must have at least 32 characters').optional(),
  USHER_FOUNDERS: z
    .string()
    .default('')
    .transform((list) => list.split(',').filter((text) => text.trim() !== ''))
    .pipe(z.array(address)),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'must be a bot token (xoxb-…)').optional(),
  SLACK_API_URL: z.url({ protocol: /^https?$/ }).default('https://slack.com/api/'),
  TEAMS_APP_ID: z.guid('must be the id of the app registration, a GUID').optional(),
  TEAMS_APP_SECRET: z.string().optional(),
  TEAMS_TENANT_ID: z.guid('must be the id of the tenant, a GUID').optional(),
  TEAMS_OPENID_URL: z
    .url({ protocol: /^https$/ })
    .default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
  TEAMS_LOGIN_URL: z.url({ protocol: /^https$/ }).optional(),
  TEAMS_GRAPH_URL: z.url({ protocol: /^https$/ }).optional(),
  TEAMS_SERVICE_HOSTS: z.string().default('smba.trafficmanager.net').transform(readHosts),
  TEAMS_FILE_HOSTS: z.string().default('*.sharepoint.com').transform(readHosts),
});

function readHosts(list: string): string[] {
  return list.split(',').map((host) => host.trim().toLowerCase());
}

const teamsSettings = ['TEAMS_APP_ID', 'TEAMS_APP_SECRET', 'TEAMS_TENANT_ID'] as const;

/** What settings must be together, looked at beside the single ones, so that one error lists every problem. */
const together = z.record(z.string(), z.string().optional()).superRefine((set, context) => {
  const problem = (name: string, message: string) =>
    context.addIssue({ code: 'custom', path: [name], message });
  if ((set.SLACK_SIGNING_SECRET === undefined) !== (set.SLACK_BOT_TOKEN === undefined)) {
    const absent = set.SLACK_BOT_TOKEN === undefined ? 'SLACK_BOT_TOKEN' : 'SLACK_SIGNING_SECRET';
    problem(absent, 'is missing: Slack needs both SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET');
  }
  const absent = teamsSettings.filter((name) => set[name] === undefined);
  if (absent.length < teamsSettings.length) {
    for (const name of absent) problem(name, `is missing: Teams needs all of ${teamsSettings.join(', ')}`);
  }
  if (set.NODE_ENV !== 'production') return;
  if (!set.USHER_SECRET) problem('USHER_SECRET', 'is needed in production: links are derived from it');
  if (!set.DATABASE_URL)
    problem('DATABASE_URL', 'is needed in production: the embedded one is for trying out');
  if (!set.BASE_URL?.startsWith('https://')) {
    problem('BASE_URL', 'is needed in production and must begin with https://, for links go out with it');
  }
  if (set.SLACK_API_URL && !set.SLACK_API_URL.startsWith('https://')) {
    problem('SLACK_API_URL', 'must begin with https:// in production: the bot token goes there');
  }
});

/** The single-tenant bot: who it is, and which servers it believes and speaks to. */
interface TeamsConfig {
  appId: string;
  appSecret: string;
  tenantId: string;
  /** The channel's OpenID metadata, whose keys sign what Teams sends. */
  openIdUrl: string;
  /** The authority that gives the bot its tokens. */
  loginUrl: string;
  /** Microsoft Graph, where usher may install itself for people; undefined: it does not. */
  graphUrl: string | undefined;
  /** The hosts usher speaks to, as `host` or `host:port`. */
  serviceHosts: string[];
  /** The hosts people's files are on, as `host`, `host:port` or `*.host`. */
  fileHosts: string[];
}

/** Everything usher is told by its environment, checked. */
export interface Config {
  production: boolean;
  port: number;
  host: string;
  baseUrl: string;
  logLevel: string;
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  dataDirectory: string;
  secret: string | undefined;
  previousSecret: string | undefined;
  founders: string[];
  slack: { signingSecret: string; botToken: string; apiUrl: string } | undefined;
  teams: TeamsConfig | undefined;
}

/** Reads the environment once. All problems are in one error, by name; values are never in it. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = settings.safeParse(given);
  const issues = [...(result.error?.issues ?? []), ...(together.safeParse(given).error?.issues ?? [])];
  if (!result.success || issues.length > 0) {
    const lines = issues.map(({ path, message }) => `  ${String(path[0])}: ${message}`);
    throw new Error(`usher cannot start with these settings:\n${lines.join('\n')}`);
  }
  const set = result.data;
  const production = set.NODE_ENV === 'production';
  return {
    production,
    port: set.PORT,
    host: set.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    baseUrl: set.BASE_URL ?? `http://localhost:${set.PORT}`,
    logLevel: set.LOG_LEVEL,
    databaseUrl: set.DATABASE_URL,
    redisUrl: set.REDIS_URL,
    dataDirectory: set.USHER_DATA,
    secret: set.USHER_SECRET,
    previousSecret: set.USHER_SECRET_PREVIOUS,
    founders: set.USHER_FOUNDERS,
    slack:
      set.SLACK_SIGNING_SECRET && set.SLACK_BOT_TOKEN
        ? {
            signingSecret: set.SLACK_SIGNING_SECRET,
            botToken: set.SLACK_BOT_TOKEN,
            apiUrl: set.SLACK_API_URL,
          }
        : undefined,
    teams: readTeams(set),
  };
}

function readTeams(set: z.infer<typeof settings>): TeamsConfig | undefined {
  const { TEAMS_APP_ID: appId, TEAMS_APP_SECRET: appSecret, TEAMS_TENANT_ID: tenantId } = set;
  if (!appId || !appSecret || !tenantId) return undefined;
  const loginUrl = set.TEAMS_LOGIN_URL ?? `https://login.microsoftonline.com/${tenantId}`;
  return {
    ...{ appId, appSecret, tenantId, loginUrl },
    openIdUrl: set.TEAMS_OPENID_URL,
    graphUrl: set.TEAMS_GRAPH_URL?.replace(/\/$/, ''),
    serviceHosts: set.TEAMS_SERVICE_HOSTS,
    fileHosts: set.TEAMS_FILE_HOSTS,
  };
}
