import express, { type Router } from 'express';
import type { Acting } from './acting.ts';
import { type CallLog, type Reply, refused } from './call-log.ts';
import { changePersonal } from './installs.ts';
import type { Login } from './login.ts';
import type { PretendPerson } from './types.ts';

/** Where Microsoft Graph is, below the tenant's address. */
export const graphPath = '/v1.0';

const catalogueId = 'f1a5c0de-0000-4000-8000-000000000001';
const unauthorized = refused(401, 'InvalidAuthenticationToken', 'Access token is empty or too old.');
const noUser = refused(404, 'Request_ResourceNotFound', 'The user does not exist.');

/** The few routes of Microsoft Graph by which an app installs itself for somebody. */
export function createGraph(known: Acting & { appId: string; login: Login; log: CallLog }): Router {
  const { appId, login, log, directory, screens } = known;
  const router = express.Router();

  function on(
    verb: 'get' | 'post',
    path: string,
    work: (request: express.Request, person: PretendPerson | undefined) => Promise<Reply> | Reply,
  ): void {
    router[verb](path, express.json(), (request, response) =>
      log.run('graph', request, response, async () => {
        if (!login.isGood(request.get('authorization'))) return unauthorized;
        const { user } = request.params;
        const person = user === undefined ? undefined : directory.find(String(user));
        return user !== undefined && !person ? noUser : work(request, person);
      }),
    );
  }

  on('get', '/users', ({ query }) => {
    const wanted = /^mail eq '(.*)' or userPrincipalName eq '\1'$/.exec(String(query.$filter))?.[1];
    if (wanted === undefined) return refused(400, 'Request_UnsupportedQuery', 'The filter is not supported.');
    const found = directory.people.filter(({ email }) => email === wanted.replaceAll("''", "'"));
    return { status: 200, body: { value: found.map(userOf) } };
  });
  on('get', '/appCatalogs/teamsApps', ({ query }) => {
    const isUsher = query.$filter === `externalId eq '${appId}'`;
    return { status: 200, body: { value: isUsher ? [{ id: catalogueId }] : [] } };
  });
  on('get', '/users/:user/teamwork/installedApps', (_request, person) => {
    return {
      status: 200,
      body: { value: person?.hasApp ? [{ id: `installed-${person.aadObjectId}` }] : [] },
    };
  });
  on('post', '/users/:user/teamwork/installedApps', async ({ body }, person) => {
    const bound: unknown = body?.['teamsApp@odata.bind'];
    if (!String(bound).endsWith(`/appCatalogs/teamsApps/${catalogueId}`)) {
      return refused(400, 'BadRequest', 'There is no such app in the catalogue.');
    }
    if (!person || person.hasApp) return refused(409, 'Conflict', 'The app is installed already.');
    await changePersonal(known, person.name, true);
    return { status: 201 };
  });
  on('get', '/users/:user/teamwork/installedApps/:installation/chat', (_request, person) => {
    return person ? { status: 200, body: { id: screens.personal(person).id } } : noUser;
  });
  return router;
}

function userOf({ aadObjectId, realName, email, isGuest }: PretendPerson) {
  const names = { displayName: realName, mail: email, userPrincipalName: email };
  return { id: aadObjectId, ...names, userType: isGuest ? 'Guest' : 'Member' };
}
