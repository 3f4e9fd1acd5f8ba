import { sql } from 'drizzle-orm';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Database } from '../../db/connect.ts';
import type { JoinLinks } from '../../src/membership/invitations/join-link.ts';
import { showLink } from '../../src/membership/invitations/show-link.ts';
import { Refusal } from '../../src/membership/refusal.ts';
import { linkMessage } from '../../src/messages/invitations.ts';
import { refusalMessage } from '../../src/messages/refusals.ts';
import { renderPage } from './render-message.ts';

export interface WebOptions {
  db: Database;
  joinLinks: JoinLinks;
  isStopping(): boolean;
  /** Adds the routes of the chat platforms. */
  mount(web: Express): void;
  report(error: unknown, where: string): void;
}

/**
 * The web server everything is mounted on: `/healthz` says that the process lives, `/readyz` that it can do its work,
 * `/join/<secret>` what a join link is for. Answers are never cached or framed.
 */
export function createWeb(options: WebOptions): Express {
  const web = express();
  web.disable('x-powered-by');
  web.use((_req, res, next) => {
    res.set({
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    });
    next();
  });
  web.get('/healthz', (_req, res) => {
    res.json({ ok: true });
  });
  web.get('/readyz', async (_req, res) => {
    const problem = options.isStopping() ? 'stopping' : await databaseProblem(options.db);
    res.status(problem ? 503 : 200).json(problem ? { ready: false, problem } : { ready: true });
  });
  web.get('/join/:secret', async (req, res) => {
    const [status, message] = await linkPage(options, req.params.secret);
    res.status(status).type('html').send(renderPage(message));
  });
  options.mount(web);
  web.use(((error, _req, res, _next) => {
    const status = Number(error?.status ?? 500);
    if (status >= 500) options.report(error, 'web');
    res
      .status(status)
      .type('text')
      .send(status >= 500 ? 'usher failed; please try again.' : 'usher cannot read this.');
  }) as ErrorRequestHandler);
  return web;
}

async function linkPage(options: WebOptions, secret: string) {
  try {
    return [200, linkMessage(await showLink(options, secret))] as const;
  } catch (error) {
    if (error instanceof Refusal) return [410, refusalMessage(error)] as const;
    throw error;
  }
}

async function databaseProblem(db: Database): Promise<string | undefined> {
  try {
    await db.execute(sql`select 1`);
    return undefined;
  } catch {
    return 'the database does not answer';
  }
}
