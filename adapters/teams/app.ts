import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import type { Express, Request, Response } from 'express';
import { z } from 'zod';
import { meetNewcomer, pressButton, type ReportFault } from '../../src/commands/run-command.ts';
import type { Context } from '../../src/membership/context.ts';
import { action } from '../../src/messages/action.ts';
import type { Messenger } from '../../src/messages/messenger.ts';
import { staleMessage } from '../../src/messages/refusals.ts';
import { addressOf, type Inbound, roomOf } from './activity.ts';
import { type Answerer, createAnswerer, targetOf } from './answer.ts';
import { type BotOptions, botScope, createConnector } from './client.ts';
import { onConsent } from './consent.ts';
import { dialogInvokes } from './dialogs.ts';
import { createDirectory } from './directory.ts';
import { execute } from './execute.ts';
import { createGate, type GateOptions, passedActivity } from './gate.ts';
import { createGraph } from './graph.ts';
import { findHere } from './here.ts';
import { createIdentity } from './identity.ts';
import { createApplication, createCredentials, graphToken } from './login.ts';
import { createMessenger } from './messenger.ts';
import { createPlaces, type Places } from './places.ts';
import { readWords } from './read-words.ts';
import { createTurns, runOpener, type Turns } from './turn.ts';

export interface TeamsOptions extends BotOptions, GateOptions {
  /** What operations need, except who acts. */
  context: Omit<Context, 'actor' | 'db'>;
  /** Where files of people may be, as `host`, `host:port` or `*.host`. */
  fileHosts: readonly string[];
  report: ReportFault;
}

export interface Teams {
  messenger: Messenger;
  /** Mounts `POST /api/messages`. */
  mount(web: Express): void;
  /** Resolves when everything that was acknowledged has been answered. */
  idle(): Promise<void>;
}

/** usher in one Teams tenant: everything but a dialog is acknowledged at once, and worked on after it. */
export function createTeams(options: TeamsOptions): Teams {
  const { db, tenantId, report } = options;
  const application = createApplication(options);
  const credentials = createCredentials(options, application);
  const connector = createConnector(options, credentials);
  const places = createPlaces(db, tenantId);
  const directory = createDirectory(connector, places);
  const identity = createIdentity({ connector, places, directory, tenantId });
  const { graphUrl } = options;
  const graph =
    graphUrl && createGraph({ ...options, graphUrl, token: () => graphToken(application, graphUrl) });
  const { messenger, openChat } = createMessenger({
    connector,
    places,
    directory,
    tenantId,
    graph: graph || undefined,
    fileHosts: options.fileHosts,
  });
  const answerer = createAnswerer(connector, openChat);
  const { fileHosts } = options;
  const spoken = { messenger, places, tenantId };
  const turns = createTurns({
    ...{ context: { ...options.context, db }, identity, answerer, fileHosts, report },
    findHere: (inbound) => findHere(spoken, inbound),
  });

  function mount(web: Express): void {
    const adapter = createAdapter(options, credentials);
    web.post('/api/messages', ...createGate(options), async (req: Request, res: Response) => {
      const inbound = passedActivity(res);
      await adapter.process(req, res as never, (turn) =>
        onActivity({ turns, places, answerer }, inbound, turn),
      );
    });
  }

  return { messenger, mount, idle: turns.idle };
}

interface Parts {
  turns: Turns;
  places: Places;
  answerer: Answerer;
}

async function onActivity(
  { turns, places, answerer }: Parts,
  inbound: Inbound,
  turn: TurnContext,
): Promise<void> {
  switch (inbound.type) {
    case 'message':
      return onMessage(turns, places, inbound);
    case 'installationUpdate':
      return onInstallation(turns, places, inbound);
    case 'conversationUpdate':
      return concernsBot(inbound) ? onInstallation(turns, places, inbound) : undefined;
    case 'invoke': {
      const value = await onInvoke({ turns, answerer }, inbound);
      await turn.sendActivity({ type: 'invokeResponse', value });
    }
  }
}

async function onInvoke(
  { turns, answerer }: Omit<Parts, 'places'>,
  inbound: Inbound,
): Promise<{ status: number; body?: unknown }> {
  const { name } = inbound;
  if (isDialog(name)) return { status: 200, body: await dialogInvokes[name](turns, inbound) };
  if (name === 'adaptiveCard/action') return { status: 200, body: await execute(turns, answerer, inbound) };
  if (name !== 'fileConsent/invoke') return { status: 501 };
  onConsent(turns, inbound);
  return { status: 200 };
}

function isDialog(name: string | null | undefined): name is keyof typeof dialogInvokes {
  return typeof name === 'string' && Object.hasOwn(dialogInvokes, name);
}

const pressed = z.object({ action });

function onMessage(turns: Turns, places: Places, inbound: Inbound): void {
  const target = targetOf(inbound);
  const room = roomOf(inbound);
  // Where people write to it, usher is installed, though the news of it may have been lost.
  if (room) turns.begin(() => places.rememberRoom(room));
  if (inbound.value === undefined || inbound.text) {
    const open = { words: readWords(inbound) };
    turns.answer(inbound, { ...target, open }, runOpener(open, turns.report));
    return;
  }
  const { data } = pressed.safeParse(inbound.value);
  turns.answer(inbound, target, async (context) =>
    data ? pressButton(context, data.action, turns.report) : { message: staleMessage() },
  );
}

function onInstallation(turns: Turns, places: Places, inbound: Inbound): void {
  const room = roomOf(inbound);
  if (isRemoval(inbound)) {
    turns.begin(() => places.forget((room ?? addressOf(inbound)).conversationId));
  } else if (room) {
    turns.begin(() => places.rememberRoom(room));
  } else {
    // Teams tells of an installation twice: both are news of the chat, one is answered. Running a turn remembers it.
    const isGreeted = inbound.type === 'installationUpdate';
    turns.answer(inbound, targetOf(inbound), async (context) =>
      isGreeted ? meetNewcomer(context, turns.report) : undefined,
    );
  }
}

function concernsBot({ membersAdded, membersRemoved, recipient }: Inbound): boolean {
  return [...(membersAdded ?? []), ...(membersRemoved ?? [])].some(({ id }) => id === recipient.id);
}

function isRemoval({ action, membersRemoved, recipient }: Inbound): boolean {
  return (
    action?.startsWith('remove') === true || membersRemoved?.some(({ id }) => id === recipient.id) === true
  );
}

/** The SDK checks the token once more; all its settings have to be given together, or none of them counts. */
function createAdapter(
  { appId, tenantId, openIdUrl, loginUrl }: TeamsOptions,
  credentials: ReturnType<typeof createCredentials>,
) {
  const settings = {
    MicrosoftAppId: appId,
    MicrosoftAppTenantId: tenantId,
    MicrosoftAppType: 'SingleTenant',
    ToBotFromChannelOpenIdMetadataUrl: openIdUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: openIdUrl,
    ToBotFromChannelTokenIssuer: botScope,
    ToChannelFromBotLoginUrl: loginUrl,
    ToChannelFromBotOAuthScope: botScope,
    OAuthUrl: botScope,
  };
  return new CloudAdapter(new ConfigurationBotFrameworkAuthentication(settings, credentials));
}
