import { Router } from 'express';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import type { CallLog } from './call-log.ts';

/** How a token is to be wrong: signed by a key the channel never published, or by none; with another key id. */
export interface SignOptions {
  key?: 'own' | 'stranger' | 'none';
  kid?: string;
}

/** The channel's keys: signs what Teams sends, and publishes what it is verified with. */
export interface Signing {
  sign(claims?: Record<string, unknown>, options?: SignOptions): Promise<string>;
  /** Serves the OpenID metadata and the keys. */
  router(log: CallLog): Router;
}

const issuer = 'https://api.botframework.com';
const openIdPath = '/v1/.well-known/openidconfiguration';
const keysPath = '/v1/.well-known/keys';
const lifeSeconds = 3600;

/** Where the channel's metadata is, for TEAMS_OPENID_URL. */
export function openIdUrl(url: string): string {
  return url + openIdPath;
}

export async function createSigning(channel: {
  url: string;
  appId: string;
  serviceUrl: string;
}): Promise<Signing> {
  const kid = 'pretend-channel-key';
  const [own, stranger] = await keyPairs();
  const jwk = { ...(await exportJWK(own.publicKey)), kid, x5t: kid, use: 'sig', endorsements: ['msteams'] };
  const metadata = {
    issuer,
    authorization_endpoint: 'https://invalid.botframework.test',
    jwks_uri: channel.url + keysPath,
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
  };
  return {
    sign: (claims = {}, { key = 'own', kid: header = kid } = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const usual = { iss: issuer, aud: channel.appId, nbf: now - 5, exp: now + lifeSeconds };
      const given = Object.entries({ ...usual, serviceurl: channel.serviceUrl, ...claims });
      const payload = Object.fromEntries(given.filter(([, value]) => value !== undefined));
      if (key === 'none') return Promise.resolve(new UnsecuredJWT(payload).encode());
      const { privateKey } = key === 'own' ? own : stranger;
      return new SignJWT(payload)
        .setProtectedHeader({ alg: 'RS256', kid: header, x5t: header, typ: 'JWT' })
        .sign(privateKey);
    },
    router: (log) => {
      const router = Router();
      const serve = (path: string, route: 'openid' | 'keys', body: unknown) =>
        router.get(path, (request, response) =>
          log.run(route, request, response, async () => ({ status: 200, body })),
        );
      serve(openIdPath, 'openid', metadata);
      serve(keysPath, 'keys', { keys: [jwk] });
      return router;
    },
  };
}

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** Making them takes a tenth of a second, so all tenants of a process share them. */
function keyPairs(): Promise<[KeyPair, KeyPair]> {
  made ??= Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  return made;
}
let made: Promise<[KeyPair, KeyPair]> | undefined;
