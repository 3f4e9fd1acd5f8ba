import express, { type Request, type Router } from 'express';
import { type CallLog, type Reply, refused, writesBlocked } from './call-log.ts';
import type { CardClient } from './card-client.ts';
import { checkMessage } from './check-message.ts';
import { type Directory, memberOf } from './directory.ts';
import type { Files } from './files.ts';
import type { Login } from './login.ts';
import type { Place, Screens } from './screens.ts';
import type { PretendPerson, Route } from './types.ts';

type Body = Record<string, unknown>;

/** What the connector knows. */
export interface Connected {
  tenantId: string;
  bot: { id: string; name: string };
  directory: Directory;
  screens: Screens;
  client: CardClient;
  files: Files;
}

const notFound = refused(404, 'ConversationNotFound', 'Conversation not found.');
const notInRoster = refused(
  403,
  'BotNotInConversationRoster',
  'The bot is not part of the conversation roster.',
);
const noActivity = refused(404, 'ActivityNotFoundInConversation', 'The activity is not in the conversation.');
const largestBody = '1mb';

/** The connector's REST API, version 3, for usher. */
export function createConnector(known: Connected & { login: Login; log: CallLog }): Router {
  const { login, log, screens, bot } = known;
  const router = express.Router();
  const json = express.json({ limit: largestBody });

  /** Serves a route below a conversation, where there is one that usher is in. */
  function on(
    verb: 'get' | 'post' | 'put' | 'delete',
    path: string,
    route: Route,
    work: (place: Place, request: Request) => Reply,
  ): void {
    router[verb](`/v3/conversations/:conversation${path}`, json, (request, response) =>
      log.run(route, request, response, async () => {
        if (!login.isGood(request.get('authorization'))) return unauthorized;
        const place = screens.place(String(request.params.conversation));
        return place ? (closedTo(place) ?? work(place, request)) : notFound;
      }),
    );
  }

  router.post('/v3/conversations', json, (request, response) =>
    log.run('conversations.create', request, response, async () =>
      login.isGood(request.get('authorization')) ? create(known, request.body ?? {}) : unauthorized,
    ),
  );
  on('post', '/activities', 'activities.send', (place, { body }) => post(known, place, body));
  on('post', '/activities/:activity', 'activities.reply', (place, { body }) => post(known, place, body));
  on('put', '/activities/:activity', 'activities.update', (place, { params, body }) => {
    const id = String(params.activity);
    if (screens.find(place, id)?.from !== bot.id) return noActivity;
    const checked = checkMessage(body, known);
    if ('refusal' in checked) return checked.refusal;
    screens.replace(place, id, checked);
    return { status: 200, body: { id } };
  });
  on('delete', '/activities/:activity', 'activities.delete', (place, { params }) => {
    const id = String(params.activity);
    if (screens.find(place, id)?.from !== bot.id) return noActivity;
    screens.remove(place, id);
    return { status: 200 };
  });
  on('get', '/members', 'members.list', (place) => ({ status: 200, body: rosterOf(place, known) }));
  on('get', '/members/:member', 'members.get', (place, { params }) => {
    const found = place.members().find((one) => isCalled(one, String(params.member)));
    if (!found) return refused(404, 'MemberNotFoundInConversation', 'Member not found in conversation.');
    return { status: 200, body: memberOf(found, known.tenantId) };
  });
  on('get', '/pagedmembers', 'members.page', (place, { query }) => page(rosterOf(place, known), query));
  router.use('/v3', json, (request, response) =>
    log.run('unknown', request, response, async () => refused(404, 'NotFound', 'There is no such route.')),
  );
  return router;
}

const unauthorized = refused(401, 'Unauthorized', 'Authorization has been denied for this request.');

/** Opens the chat with one person, or finds it again; a first activity is posted there. */
function create(known: Connected, body: Body): Reply {
  const { directory, screens, tenantId, bot } = known;
  const {
    members,
    tenantId: given,
    channelData,
    activity,
  } = body as {
    members?: { id?: unknown }[];
    tenantId?: unknown;
    channelData?: { tenant?: { id?: unknown }; channel?: { id?: unknown } };
    activity?: Body;
  };
  const tenant = given ?? channelData?.tenant?.id;
  if (tenant !== tenantId) return refused(400, 'BadArgument', 'The tenant id is missing or not this tenant.');
  const asked = (body.bot as { id?: unknown } | undefined)?.id;
  if (asked !== undefined && asked !== bot.id) return refused(400, 'BadArgument', 'Incorrect bot id.');
  if (members?.length !== 1) return refused(400, 'BadArgument', 'A bot can start a chat with one person.');
  const wanted = String(members[0]?.id);
  if (!/^29:|^[0-9a-f-]{36}$/.test(wanted))
    return refused(400, 'BadSyntax', 'Failed to decrypt pairwise id.');
  const person = directory.find(wanted);
  if (!person) return refused(404, 'UserNotFound', 'The user is not known in the tenant.');
  const place = screens.personal(person);
  const closed = closedTo(place);
  if (closed) return closed;
  screens.open(person);
  if (!activity) return { status: 201, body: { id: place.id } };
  const posted = post(known, place, activity);
  if (posted.status !== 201) return posted;
  return { status: 201, body: { id: place.id, activityId: (posted.body as { id: string }).id } };
}

/** Teams says it in two shapes that usher may not write somewhere. */
function closedTo(place: Place): Reply | undefined {
  if (place.hasApp()) return undefined;
  if (place.kind !== 'personal') return notInRoster;
  const [person] = place.members();
  if (person?.sentAway) return writesBlocked();
  return refused(
    403,
    'ForbiddenOperationException',
    'The bot is not installed in the personal scope of the user.',
  );
}

function post(known: Connected, place: Place, body: Body): Reply {
  if (body?.type === 'typing') return { status: 202, body: {} };
  const { screens, bot } = known;
  const checked = checkMessage(body, known);
  if ('refusal' in checked) return checked.refusal;
  const { id } = screens.post(place, { from: bot, ...checked });
  return { status: 201, body: { id } };
}

function rosterOf(place: Place, { tenantId }: Connected): object[] {
  return place.members().map((one) => memberOf(one, tenantId));
}

function isCalled({ id, aadObjectId }: PretendPerson, wanted: string): boolean {
  return wanted === id || wanted === aadObjectId;
}

/** Teams gives 50 to 500 at a time, whatever is asked for. */
function page(members: object[], query: Request['query']): Reply {
  const size = Math.min(Math.max(Number(query.pageSize) || 200, 50), 500);
  const from = Number(Buffer.from(String(query.continuationToken ?? ''), 'base64url').toString() || 0);
  if (!Number.isInteger(from)) return refused(400, 'BadArgument', 'Invalid continuation token.');
  const rest = from + size < members.length;
  const continuationToken = rest ? Buffer.from(String(from + size)).toString('base64url') : undefined;
  return { status: 200, body: { members: members.slice(from, from + size), continuationToken } };
}
