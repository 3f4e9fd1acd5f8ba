import {
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node';
import { MsalServiceClientCredentialsFactory } from 'botframework-connector';
import type { BotOptions } from './client.ts';

/** The bot as the configured authority knows it, which the SDK's own credentials cannot be pointed at. */
export function createApplication({ appId, appSecret, loginUrl, patienceMs }: BotOptions) {
  const authority = new URL(loginUrl);
  const auth = {
    clientId: appId,
    clientSecret: appSecret,
    authority: loginUrl,
    knownAuthorities: [authority.host],
  };
  return new ConfidentialClientApplication({
    auth,
    system: { networkClient: createLoginClient(patienceMs) },
  });
}

/** The bot's tokens for the SDK. */
export function createCredentials({ appId }: BotOptions, application: ConfidentialClientApplication) {
  return new MsalServiceClientCredentialsFactory(appId, application as never);
}

/** A token for Microsoft Graph; the application keeps it until it ends. */
export async function graphToken(
  application: ConfidentialClientApplication,
  graphUrl: string,
): Promise<string> {
  const scopes = [`${new URL(graphUrl).origin}/.default`];
  const result = await application.acquireTokenByClientCredential({ scopes });
  if (!result) throw new Error('the login gave no token for Microsoft Graph');
  return result.accessToken;
}

/** Fetches the bot's tokens; the login library by itself would wait for an answer for ever. */
function createLoginClient(patienceMs: number): INetworkModule {
  const send =
    (method: string) =>
    <Body>(url: string, options: NetworkRequestOptions = {}) =>
      request<Body>(method, url, options, AbortSignal.timeout(patienceMs));
  return { sendGetRequestAsync: send('GET'), sendPostRequestAsync: send('POST') };
}

async function request<Body>(
  method: string,
  url: string,
  { headers, body }: NetworkRequestOptions,
  signal: AbortSignal,
): Promise<NetworkResponse<Body>> {
  const response = await fetch(url, {
    method,
    ...(headers ? { headers } : {}),
    ...(body ? { body } : {}),
    signal,
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: (await response.json()) as Body,
  };
}
