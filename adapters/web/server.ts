import { sql } from 'drizzle-orm';
import express, { type Express } from 'express';
import type { Database } from '../../db/connect.ts';

/**
 * The web server everything is mounted on: `/healthz` says that the process lives, `/readyz` that it can do its work.
 * Answers are never cached or framed.
 */
export function createWeb(options: { db: Database; isStopping: () => boolean }): Express {
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
  return web;
}

async function databaseProblem(db: Database): Promise<string | undefined> {
  try {
    await db.execute(sql`select 1`);
    return undefined;
  } catch {
    return 'the database does not answer';
  }
}
