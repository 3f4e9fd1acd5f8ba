import { sql } from 'drizzle-orm';
import {
  type ErrorRequestHandler,
  json,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Database } from '../../db/connect.ts';
import { activity, type Inbound } from './activity.ts';

/** The issuer of every token the channel signs with. */
const issuer = 'https://api.botframework.com';

export interface GateOptions {
  appId: string;
  tenantId: string;
  openIdUrl: string;
  serviceHosts: readonly string[];
  db: Database;
}

/** An activity as the gate let it through. */
export function passedActivity(res: Response): Inbound {
  return res.locals.activity;
}

/**
 * Lets an activity through once: of the right shape, from the bot's own tenant and an allowed server, with a token the
 * channel signed for this bot and this server, and never seen before. The SDK behind it would take tokens of other
 * tenants, and some bodies end its process.
 */
export function createGate(options: GateOptions): (RequestHandler | ErrorRequestHandler)[] {
  const keys = createKeys(options.openIdUrl);
  return [
    json({ limit: '256kb', type: () => true }),
    async (req: Request, res: Response, next: NextFunction) => {
      const read = activity.safeParse(req.body);
      if (!read.success) return refuse(res, 400, 'This is not an activity of Microsoft Teams.');
      const inbound = read.data;
      if (!options.serviceHosts.includes(new URL(inbound.serviceUrl).host.toLowerCase())) {
        return refuse(res, 403, 'This service is not one usher speaks to.');
      }
      const tenants = [inbound.conversation.tenantId, inbound.channelData.tenant.id];
      if (tenants.some((tenant) => tenant !== options.tenantId)) {
        return refuse(res, 403, 'This tenant is not the one usher works for.');
      }
      if (!(await isGenuine(req.headers.authorization, inbound, options.appId, keys))) {
        return refuse(res, 401, 'The token is not one the channel gives for this bot.');
      }
      if (!(await isFirst(options.db, inbound))) return refuse(res, 409, 'This activity was here before.');
      res.locals.activity = inbound;
      next();
    },
    ((error, _req, res, next) => {
      const status = Number(error?.status ?? 500);
      if (status >= 500) return next(error);
      refuse(res, status, status === 413 ? 'This is too long.' : 'This is not JSON.');
    }) as ErrorRequestHandler,
  ];
}

function refuse(res: Response, status: number, error: string): void {
  res.status(status).json({ error });
}

const metadata = z.object({ jwks_uri: z.url({ protocol: /^https$/ }) });

/** The channel's signing keys, read when first needed and again when an unknown one is named, at most twice a minute. */
function createKeys(openIdUrl: string): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | undefined;
  const find = async () => {
    const response = await fetch(openIdUrl, { signal: AbortSignal.timeout(10_000) });
    const { jwks_uri } = metadata.parse(await response.json());
    return createRemoteJWKSet(new URL(jwks_uri));
  };
  return async (header, token) => {
    found ??= find().catch((error) => {
      found = undefined;
      throw error;
    });
    return (await found)(header, token);
  };
}

/** A token with a tenant claim is a user's or another app's, which the SDK would take for an emulator's. */
async function isGenuine(
  header: string | undefined,
  inbound: Inbound,
  appId: string,
  keys: JWTVerifyGetKey,
): Promise<boolean> {
  const token = /^Bearer ([\w.-]+)$/.exec(header ?? '')?.[1];
  if (!token) return false;
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: appId,
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'serviceurl'],
      clockTolerance: 60,
    });
    return payload.serviceurl === inbound.serviceUrl && payload.tid === undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_J')) return false;
    throw error;
  }
}

/** Claims the activity's id for good; of any number at once, one is first. */
async function isFirst(db: Database, { conversation, id }: Inbound): Promise<boolean> {
  const [claimed] = await db.execute(sql`
    insert into replay_key (key) values (${`teams:${conversation.id}:${id}`}) on conflict do nothing returning 1`);
  return claimed !== undefined;
}
