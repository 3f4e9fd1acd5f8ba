import { randomBytes } from 'node:crypto';
import express, { type Router } from 'express';
import type { CallLog, Reply } from './call-log.ts';

/** The login authority of the tenant: gives usher's app access tokens, and knows them again. */
export interface Login {
  router(log: CallLog): Router;
  /** Whether this is the header of a token that was given out and is still good. */
  isGood(authorization: string | undefined): boolean;
  /** Makes every token handed out so far too old. */
  expire(): void;
}

const lifeSeconds = 3599;
const scope = 'https://api.botframework.com/.default';

export function createLogin(app: { url: string; tenantId: string; appId: string; appSecret: string }): Login {
  const tokens = new Map<string, number>();

  function grant(form: Record<string, unknown>): Reply {
    if (form.grant_type !== 'client_credentials')
      return refusedWith(400, 'unsupported_grant_type', 'AADSTS70003');
    if (form.client_id !== app.appId) return refusedWith(400, 'unauthorized_client', 'AADSTS700016');
    if (form.client_secret !== app.appSecret) return refusedWith(401, 'invalid_client', 'AADSTS7000215');
    // MSAL adds OpenID's own scopes to those it was asked for.
    const asked = String(form.scope).split(' ');
    if (![scope, `${app.url}/.default`].some((given) => asked.includes(given)))
      return refusedWith(400, 'invalid_scope', 'AADSTS70011');
    const token = randomBytes(32).toString('base64url');
    tokens.set(token, Date.now() + lifeSeconds * 1000);
    const life = { expires_in: lifeSeconds, ext_expires_in: lifeSeconds };
    return { status: 200, body: { token_type: 'Bearer', ...life, access_token: token } };
  }

  return {
    isGood: (authorization) => {
      const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
      return (tokens.get(token) ?? 0) > Date.now();
    },
    expire: () => tokens.clear(),
    router: (log) => {
      const router = express.Router();
      router.get(['/:tenant/v2.0/.well-known/openid-configuration'], (request, response) => {
        if (request.params.tenant === app.tenantId) response.json(metadataOf(app));
        else response.status(400).json({ error: 'invalid_tenant' });
      });
      router.get('/common/discovery/instance', (_request, response) => {
        response.json({
          tenant_discovery_endpoint: `${authorityOf(app)}/v2.0/.well-known/openid-configuration`,
          'api-version': '1.1',
          metadata: [],
        });
      });
      const form = express.urlencoded({ extended: false });
      router.post('/:tenant/oauth2/v2.0/token', form, (request, response) =>
        log.run('token', request, response, async () => {
          if (request.params.tenant !== app.tenantId)
            return refusedWith(400, 'invalid_request', 'AADSTS90002');
          return grant((request.body ?? {}) as Record<string, unknown>);
        }),
      );
      return router;
    },
  };
}

/** The value for TEAMS_LOGIN_URL. */
export function authorityOf({ url, tenantId }: { url: string; tenantId: string }): string {
  return `${url}/${tenantId}`;
}

function metadataOf(app: { url: string; tenantId: string }): object {
  const authority = authorityOf(app);
  return {
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${authority}/oauth2/v2.0/logout`,
    jwks_uri: `${authority}/discovery/v2.0/keys`,
    issuer: `${authority}/v2.0`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

function refusedWith(status: number, error: string, code: string): Reply {
  return { status, body: { error, error_description: `${code}: The pretend login refuses this.` } };
}
