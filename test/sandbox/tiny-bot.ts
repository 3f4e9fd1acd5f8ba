import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfidentialClientApplication } from '@azure/msal-node';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import { ConnectorClient, MsalServiceClientCredentialsFactory } from 'botframework-connector';
import express from 'express';
import type { PretendTeams } from '../../sandbox/teams/pretend-teams.ts';

/** A botbuilder app with real checks of tokens both ways, connected to the pretend Teams; it retries nothing. */
export interface TinyBot {
  /** What it does with activities from now on. */
  on(logic: (turn: TurnContext) => Promise<void>): void;
  client: ConnectorClient;
  stop(): Promise<void>;
}

/** The client inside the SDK's client, whose hidden retries would send things twice. */
interface Inner {
  client: { pipeline: { removePolicy(policy: { name: string }): void } };
}

const scope = 'https://api.botframework.com';

export async function createTinyBot(teams: PretendTeams): Promise<TinyBot> {
  const { appId, tenantId, appSecret } = teams;
  const auth = {
    clientId: appId,
    clientSecret: appSecret,
    authority: teams.env.TEAMS_LOGIN_URL ?? '',
    knownAuthorities: [new URL(teams.url).host],
  };
  const credentials = new MsalServiceClientCredentialsFactory(
    appId,
    // Two versions of msal-node are installed, whose types differ though their objects do the same.
    new ConfidentialClientApplication({ auth }) as never,
  );
  const openIdUrl = teams.env.TEAMS_OPENID_URL ?? '';
  const settings = {
    ...{ MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId, MicrosoftAppType: 'SingleTenant' },
    ToBotFromChannelOpenIdMetadataUrl: openIdUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: openIdUrl,
    ToBotFromChannelTokenIssuer: scope,
    ToChannelFromBotLoginUrl: auth.authority,
    ToChannelFromBotOAuthScope: scope,
    OAuthUrl: scope,
  };
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(settings, credentials));
  let logic = async (_turn: TurnContext): Promise<void> => {};
  const app = express();
  app.post('/api/messages', express.json(), async (request, response) => {
    await adapter.process(request, response as never, (turn) => logic(turn));
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  teams.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`);
  const client = new ConnectorClient(
    await credentials.createCredentials(appId, scope, auth.authority, true),
    { baseUri: teams.serviceUrl },
  );
  // The SDK's types hide what its client is made of.
  const { pipeline } = (client as unknown as Inner).client;
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  return {
    client,
    on: (next) => {
      logic = next;
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
