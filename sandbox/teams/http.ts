import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { announce } from '../announce.ts';
import { asFile } from './files.ts';
import type { PretendTeams } from './pretend-teams-api.ts';
import type { Answer, Shown } from './types.ts';

const as = z.string().min(1);
const held = z.union([z.string(), z.array(z.string()), z.boolean(), z.null()]);
const values = z.record(z.string(), held).default({});
const answer = z.enum(['accept', 'decline']);
const file = z.object({ name: z.string().min(1), base64: z.base64() });
const requests = {
  command: z.object({ as, in: z.string().optional(), text: z.string().max(4000), file: file.optional() }),
  press: z.object({
    as,
    surface: z.enum(['message', 'modal']),
    conversation: z.string().optional(),
    message: z.string().optional(),
    actionId: z.string(),
    values,
  }),
  submit: z.object({ as, modalId: z.string(), actionId: z.string().optional(), values }),
  close: z.object({ as, modalId: z.string() }),
  offer: z.object({ as, conversation: z.string(), message: z.string(), answer }),
  install: z.object({ as }),
};

/**
 * What the browser page needs, under /sandbox/teams/: `GET people`, `GET screen?as=` and `GET changes` (server-sent
 * events), and `POST command`, `press`, `submit`, `close`, `install`, `uninstall`, which answer `{ status, body, notSent? }`
 * with what usher said, or 400 `{ error }` when the page is not up to date. Everything is as `types.ts` says.
 */
export function createTeamsSandboxApi(teams: PretendTeams): Router {
  const router = express.Router();
  router.get('/sandbox/teams/people', (_request, response) => {
    response.json(
      teams.people.map(({ id, name, realName, email, timeZone, note, hasApp, onTeam }) => {
        return { id, name, realName, email, timeZone, note, hasApp, onTeam };
      }),
    );
  });
  router.get('/sandbox/teams/screen', (request, response) => {
    response.json(teams.screen(String(request.query.as ?? '')));
  });
  router.get('/sandbox/teams/changes', (_request, response) => announce(teams, response));

  const on = <Body>(path: string, schema: z.ZodType<Body>, act: (body: Body) => Promise<Answer>) =>
    router.post(`/sandbox/teams/${path}`, express.json({ limit: '5mb' }), async (request, response) => {
      const { status, body, notSent } = await act(schema.parse(request.body));
      response.json({ status, body, ...(notSent && { notSent }) });
    });
  on('command', requests.command, ({ as, text, in: place, file }) =>
    teams.command(as, text, {
      ...(place && { in: place }),
      ...(file && { file: { name: file.name, content: Buffer.from(file.base64, 'base64') } }),
    }),
  );
  on('offer', requests.offer, ({ as, answer, ...wanted }) =>
    teams.answerOffer(as, messageOf(teams, as, wanted), answer),
  );
  router.get('/sandbox/teams/files/:id/:name', (request, response) => {
    const content = teams.readFile(request.params.id);
    if (content) response.set(asFile).send(content);
    else response.status(404).end();
  });
  on('press', requests.press, (pressed) =>
    teams.press(pressed.as, surfaceOf(teams, pressed), { actionId: pressed.actionId }, pressed.values),
  );
  on('submit', requests.submit, ({ as, modalId, actionId, values }) => {
    needOpen(teams, as, modalId);
    return actionId ? teams.press(as, 'modal', { actionId }, values) : teams.submit(as, values);
  });
  on('close', requests.close, ({ as, modalId }) => {
    needOpen(teams, as, modalId);
    return teams.closeModal(as);
  });
  on('install', requests.install, ({ as }) => teams.install(as));
  on('uninstall', requests.install, ({ as }) => teams.uninstall(as));
  router.use('/sandbox/teams', sayWhatFailed);
  return router;
}

function surfaceOf(teams: PretendTeams, wanted: z.infer<typeof requests.press>): Shown | 'modal' {
  if (wanted.surface === 'message') return messageOf(teams, wanted.as, wanted);
  if (teams.screen(wanted.as).modal) return 'modal';
  throw new Error('This modal is gone; look at the screen again.');
}

function messageOf(
  teams: PretendTeams,
  as: string,
  wanted: { conversation?: string | undefined; message?: string | undefined },
): Shown {
  const { conversations } = teams.screen(as);
  const messages = conversations.find((one) => one.id === wanted.conversation)?.messages;
  const message = messages?.find((one) => one.id === wanted.message);
  if (message) return message;
  throw new Error('This message is gone; look at the screen again.');
}

function needOpen(teams: PretendTeams, as: string, modalId: string): void {
  if (teams.screen(as).modal?.id === modalId) return;
  throw new Error('This dialog is not open any more; look at the screen again.');
}

function sayWhatFailed(error: unknown, _request: Request, response: Response, _next: NextFunction): void {
  response.status(400).json({ error: error instanceof Error ? error.message : String(error) });
}
