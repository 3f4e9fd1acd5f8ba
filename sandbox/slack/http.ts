import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import { z } from 'zod';
import { announce } from '../announce.ts';
import { type FieldValues, initialState } from './form-state.ts';
import type { PretendSlack } from './pretend-slack-api.ts';
import type { Answer, PretendPerson, Shown, View } from './types.ts';

const held = z.union([z.string(), z.array(z.string()), z.null()]);
const values = z.record(z.string(), z.record(z.string(), held)).default({});
const as = z.string().min(1);
const requests = {
  command: z.object({ as, channel: z.string().optional(), text: z.string().max(4000) }),
  press: z.object({
    as,
    surface: z.enum(['message', 'home', 'modal']),
    channel: z.string().optional(),
    ts: z.string().optional(),
    actionId: z.string(),
    blockId: z.string().optional(),
    value: held.optional(),
    values,
  }),
  submit: z.object({ as, viewId: z.string(), values }),
  close: z.object({ as, viewId: z.string() }),
  home: z.object({ as }),
  file: z.object({ name: z.string().min(1), base64: z.base64() }),
};

/** Lets only pages and programs of this machine in: no foreign host name (DNS rebinding), no POST from a foreign page. */
export const onlyLocal: RequestHandler = (request, response, next) => {
  const host = request.get('host') ?? '';
  const origin = request.get('origin');
  const local = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host);
  const foreign =
    !['GET', 'HEAD'].includes(request.method) && origin !== undefined && origin !== `http://${host}`;
  if (local && !foreign) next();
  else response.status(403).json({ error: 'The pretend Slack answers its own page on this machine only.' });
};

/** What the browser page needs, under /sandbox/, and pictures of people under /avatars/. */
export function createSandboxApi(slack: PretendSlack): Router {
  const router = express.Router();
  router.get('/avatars/:file', (request, response) => {
    const person = slack.people.find((one) => `${one.id}.svg` === request.params.file);
    if (person) response.type('svg').send(avatar(person));
    else response.status(404).end();
  });
  router.get('/sandbox/people', (_request, response) => {
    response.json(
      slack.people.map(({ id, name, realName, email, timeZone, note }) => {
        return { id, name, realName, email, timeZone, note, role: note };
      }),
    );
  });
  router.get('/sandbox/screen', async (request, response) => {
    const person = String(request.query.as ?? '');
    await slack.openDirectMessage(person);
    response.json(slack.screen(person));
  });
  router.get('/sandbox/changes', (_request, response) => announce(slack, response));

  const on = <Body>(path: string, schema: z.ZodType<Body>, act: (body: Body) => Promise<Answer>) =>
    router.post(`/sandbox/${path}`, express.json({ limit: '5mb' }), async (request, response) => {
      const { status, body } = await act(schema.parse(request.body));
      response.json({ status, body });
    });
  on('command', requests.command, ({ as, text, channel }) =>
    slack.command(as, text, channel ? { channel } : {}),
  );
  on('file', requests.file, async ({ name, base64 }) => {
    return { status: 200, body: slack.giveFile(name, Buffer.from(base64, 'base64')), ms: 0 };
  });
  on('home', requests.home, ({ as }) => slack.openHome(as));
  on('press', requests.press, (pressed) => {
    const surface = surfaceOf(slack, pressed);
    const { actionId, blockId, value } = pressed;
    const clicked = {
      actionId,
      ...(blockId !== undefined && { blockId }),
      ...(value != null && { selected: value }),
    };
    return slack.press(pressed.as, surface, clicked, typedInto(surface, pressed.values));
  });
  on('submit', requests.submit, ({ as, viewId, values }) =>
    slack.submit(as, typedInto(openModal(slack, as, viewId), values)),
  );
  on('close', requests.close, ({ as, viewId }) => {
    openModal(slack, as, viewId);
    return slack.closeModal(as);
  });
  router.use('/sandbox', (error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    response.status(400).json({ error: error instanceof Error ? error.message : String(error) });
  });
  return router;
}

function surfaceOf(slack: PretendSlack, wanted: z.infer<typeof requests.press>): Shown | View {
  const { conversations, modal, home } = slack.screen(wanted.as);
  const messages = conversations.flatMap((one) => (one.id === wanted.channel ? one.messages : []));
  const found = { modal, home, message: messages.find((one) => one.ts === wanted.ts) }[wanted.surface];
  if (found) return found;
  throw new Error(`This ${wanted.surface} is gone; look at the screen again.`);
}

function openModal(slack: PretendSlack, as: string, viewId: string): View {
  const { modal } = slack.screen(as);
  if (modal?.id === viewId) return modal;
  throw new Error('This modal is not open any more; look at the screen again.');
}

/** Leaves out what was typed into fields that have gone since. */
function typedInto(surface: Shown | View, typed: z.infer<typeof values>): FieldValues {
  const fields = initialState(surface.blocks);
  const entries = Object.entries(typed).flatMap(([blockId, actions]) =>
    Object.entries(actions).map(([actionId, value]) => ({ blockId, actionId, value })),
  );
  return Object.fromEntries(
    entries
      .filter(({ blockId, actionId }) => fields[blockId]?.[actionId])
      .map(({ blockId, actionId, value }) => [`${blockId}/${actionId}`, value]),
  );
}

function avatar({ id, realName }: PretendPerson): string {
  const initials = realName
    .split(/\s+/)
    .map((word) => word.match(/^\p{L}/u)?.[0] ?? '')
    .join('')
    .slice(0, 2);
  const hue = Number.parseInt(id.slice(-4), 16) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72"><rect width="72" height="72" fill="hsl(${hue} 45% 45%)"/><text x="36" y="46" font-family="sans-serif" font-size="28" fill="#fff" text-anchor="middle">${initials.toUpperCase()}</text></svg>`;
}
