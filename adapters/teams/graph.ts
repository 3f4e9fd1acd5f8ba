import { z } from 'zod';
import type { EmailAddress } from '../../src/membership/email-address.ts';
import { RateLimited, Undeliverable } from '../../src/messages/messenger.ts';
import { type RosterMember, readMember } from './client.ts';

export interface GraphOptions {
  /** Microsoft Graph with its version, `https://graph.microsoft.com/v1.0`. */
  graphUrl: string;
  appId: string;
  tenantId: string;
  /** How long Graph may take to answer one request. */
  patienceMs: number;
  /** A token for Graph, cached by whoever gives it. */
  token(): Promise<string>;
}

/** The tenant's directory and its installations of the app: reaches people who have never met usher. */
export interface Graph {
  findUser(email: EmailAddress): Promise<RosterMember | undefined>;
  /** Installs usher for somebody, unless it is already, and resolves with the id of their chat with it. */
  install(userId: string): Promise<string>;
}

const users = z.object({ value: z.array(z.object({ id: z.string() }).loose()) });
const listed = z.object({ value: z.array(z.object({ id: z.string() })) });
const chat = z.object({ id: z.string() });

/** Speaks with Graph: each call is one attempt within the patience, and failures come in usher's words or as they are. */
export function createGraph({ graphUrl, appId, tenantId, patienceMs, token }: GraphOptions): Graph {
  const isUsher = `externalId eq '${appId}'`;

  async function call<Body>(path: string, shape: z.ZodType<Body>, body?: object): Promise<Body> {
    const response = await fetch(`${graphUrl}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(patienceMs),
    });
    if (response.status === 429) throw new RateLimited(Number(response.headers.get('retry-after')) || 5);
    if ([400, 403, 404].includes(response.status)) {
      throw new Undeliverable(`Microsoft Graph answers ${response.status}`);
    }
    // 409: it is installed already.
    if (!response.ok && response.status !== 409)
      throw new Error(`Microsoft Graph answers ${response.status}`);
    const text = await response.text();
    return shape.parse(response.ok && text ? JSON.parse(text) : undefined);
  }

  return {
    async findUser(email) {
      const quoted = `'${email.replaceAll("'", "''")}'`;
      const filter = encodeURIComponent(`mail eq ${quoted} or userPrincipalName eq ${quoted}`);
      const fields = '$select=id,displayName,mail,userPrincipalName,userType';
      const { value } = await call(`/users?$filter=${filter}&${fields}`, users);
      const found = value.map(({ id, displayName, mail, userPrincipalName, userType }) =>
        readMember(
          {
            ...{ id, aadObjectId: id, name: displayName, email: mail, userPrincipalName, tenantId },
            userRole: userType === 'Guest' ? 'guest' : 'user',
          },
          tenantId,
        ),
      );
      return found.find((member) => member?.isOwn && member.email === email);
    },
    async install(userId) {
      const installed = `/users/${encodeURIComponent(userId)}/teamwork/installedApps`;
      const { value: catalogue } = await call(
        `/appCatalogs/teamsApps?$filter=${encodeURIComponent(isUsher)}`,
        listed,
      );
      const [app] = catalogue;
      if (!app) throw new Undeliverable("usher is not in the tenant's app catalogue");
      const bound = { 'teamsApp@odata.bind': `${graphUrl}/appCatalogs/teamsApps/${app.id}` };
      await call(installed, z.unknown(), bound);
      const filter = encodeURIComponent(`teamsApp/${isUsher}`);
      const { value } = await call(`${installed}?$expand=teamsApp&$filter=${filter}`, listed);
      const [installation] = value;
      if (!installation) throw new Undeliverable('usher could not be installed for this person in Teams');
      return (await call(`${installed}/${installation.id}/chat`, chat)).id;
    },
  };
}
