import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createChanges } from '../changes.ts';
import type { Acting } from './acting.ts';
import { createActs } from './acts.ts';
import { createCallLog } from './call-log.ts';
import { loadCardClient } from './card-client.ts';
import { textOfCard } from './card-text.ts';
import { type Certificate, findCertificate } from './certificate.ts';
import { createConnector } from './connector.ts';
import { createDialogs } from './dialogs.ts';
import { createDirectory } from './directory.ts';
import { createFiles } from './files.ts';
import { createGraph, graphPath } from './graph.ts';
import { authorityOf, createLogin } from './login.ts';
import { createPayloads } from './payloads.ts';
import type { PretendTeams, PretendTeamsOptions } from './pretend-teams-api.ts';
import { createRequests } from './requests.ts';
import { createScreens } from './screens.ts';
import { createSigning, openIdUrl, type Signing } from './signing.ts';
import type { Call, Screen } from './types.ts';

export type { PretendTeams, PretendTeamsOptions };

/** Real service URLs name a region, so that nothing may take the host for the whole address. */
const region = '/emea/';

/** Starts the tenant. Throws when this process was not started to trust its certificate. */
export async function createPretendTeams(options: PretendTeamsOptions): Promise<PretendTeams> {
  const certificate = options.certificate ?? findCertificate() ?? throwUntrusted();
  const app = express().disable('x-powered-by');
  const server = createServer(certificate, app);
  const url = await listen(server, options.port ?? 0);
  const { appId = randomUUID(), tenantId = randomUUID() } = options;
  const tenant = {
    url,
    appId,
    tenantId,
    serviceUrl: url + region,
    appSecret: randomBytes(24).toString('hex'),
  };
  const signing = await createSigning(tenant);
  const changes = createChanges(() => describe(acting, log.calls));
  const log = createCallLog(changes.changed);
  const acting = await assemble(tenant, options, signing, changes.changed);
  const login = createLogin(tenant);
  const { directory } = acting;
  app.use(signing.router(log));
  app.use(region, createConnector({ ...acting, login, log }));
  app.use(graphPath, createGraph({ ...acting, appId, login, log }));
  app.use(login.router(log), acting.files.router(log));
  return {
    ...changes,
    ...createActs(acting),
    ...tenant,
    env: settings(tenant, certificate),
    graphUrl: url + graphPath,
    people: directory.people,
    person: directory.person,
    addPerson: async (seed) => {
      const person = directory.add(seed);
      changes.changed();
      return person;
    },
    readFile: acting.files.read,
    sign: signing.sign,
    get lastRequest() {
      return acting.requests.last();
    },
    screen: (as) => screenOf(acting, as),
    ...{ calls: log.calls, fail: log.fail, heal: log.heal, expireTokens: login.expire },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface Tenant {
  url: string;
  appId: string;
  appSecret: string;
  tenantId: string;
  serviceUrl: string;
}

async function assemble(
  tenant: Tenant,
  { people, team: teamName = 'Payments', groups, patienceMs = 15_000 }: PretendTeamsOptions,
  signing: Signing,
  changed: () => void,
): Promise<Acting> {
  const directory = createDirectory();
  for (const seed of people) directory.add(seed);
  const screens = createScreens({ directory, teamName, groups, changed });
  const payloads = createPayloads({ ...tenant, team: screens.team, teamName });
  return {
    tenantId: tenant.tenantId,
    bot: payloads.bot,
    ...{ directory, screens, payloads },
    client: await loadCardClient(),
    files: createFiles(tenant.url),
    dialogs: createDialogs(changed),
    requests: createRequests(signing, patienceMs),
  };
}

function settings(tenant: Tenant, { trustFile }: Certificate): Record<string, string> {
  return {
    TEAMS_APP_ID: tenant.appId,
    TEAMS_APP_SECRET: tenant.appSecret,
    TEAMS_TENANT_ID: tenant.tenantId,
    TEAMS_OPENID_URL: openIdUrl(tenant.url),
    TEAMS_LOGIN_URL: authorityOf(tenant),
    TEAMS_SERVICE_HOSTS: new URL(tenant.url).host,
    TEAMS_FILE_HOSTS: new URL(tenant.url).host,
    NODE_EXTRA_CA_CERTS: trustFile,
  };
}

function screenOf({ directory, screens, dialogs }: Acting, as: string): Screen {
  const person = directory.person(as);
  const conversations = screens.conversationsOf(person);
  const dialog = dialogs.top(person.id);
  if (!dialog) return { conversations };
  const { place: _, replyToId: __, ...modal } = dialog;
  return { conversations, modal: structuredClone(modal) };
}

function throwUntrusted(): never {
  throw new Error(
    'The pretend Teams speaks https, and this process was not started to trust it: use npm run sandbox or vitest, which see to it.',
  );
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve(`https://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
}

/** The last calls and what people see, for the error of a wait that failed. */
function describe(acting: Acting, calls: Call[]): string {
  const lines = calls
    .slice(-10)
    .map((call) => `call ${call.method} ${call.path.slice(0, 60)} -> ${call.status} ${call.error ?? ''}`);
  for (const { name } of acting.directory.people.slice(0, 50)) {
    const { conversations, modal } = screenOf(acting, name);
    for (const { name: place, messages } of conversations) {
      for (const { text, cards, notice = '' } of messages.slice(-3)) {
        lines.push(`${name} sees ${place}: ${[text, ...cards.map(textOfCard), notice].join(' ')}`);
      }
    }
    if (modal) lines.push(`${name} sees dialog: ${modal.title} ${modal.problem ?? ''}`);
  }
  return lines.map((line) => `  ${line.replaceAll('\n', ' / ')}`).join('\n');
}
