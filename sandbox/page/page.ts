import { fileURLToPath } from 'node:url';
import express from 'express';

/**
 * One numbered line of the panel "Try this"; `as` is a person's real name, `text` goes into that person's composer.
 * It is done when that person has pressed such a button, or so many hours have passed, or else when the text was sent.
 */
export type Task = {
  title: string;
  as?: string;
  text?: string;
  until?: { press: string } | { hours: number };
};

/** What the page needs from the sandbox: what to suggest, a way to let the clock run ahead, and how people stand. */
type PageOptions = {
  tasks: Task[];
  passTime(hours: number): Promise<void>;
  /** A few words about people who have something to do with usher, by e-mail address. */
  notes(): Promise<Record<string, string>>;
};

const browserFiles = fileURLToPath(new URL('./browser', import.meta.url));
const longestLeap = 24 * 31;

const headers = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** A router with the page at `/`, its files, `start`, `notes` and `pass-time` under `/page/`; it leaves every other path alone. */
export function createPage({ tasks, passTime, notes }: PageOptions): express.Router {
  const page = express.Router();

  page.get('/', (_request, response) => {
    response.set(headers).sendFile('index.html', { root: browserFiles, cacheControl: false });
  });

  page.get('/page/start', (_request, response) => {
    response.set(headers).json({ tasks });
  });

  page.get('/page/notes', async (_request, response) => {
    response.set(headers).json(await notes());
  });

  page.post('/page/pass-time', express.json({ limit: '1kb' }), async (request, response) => {
    response.set(headers);
    const hours: unknown = request.body?.hours;
    if (typeof hours !== 'number' || !(hours > 0 && hours <= longestLeap)) {
      response.status(400).json({ error: `Send {"hours": a number up to ${longestLeap}} as JSON.` });
      return;
    }
    await passTime(hours);
    response.json({ hours });
  });

  page.use(
    '/page',
    express.static(browserFiles, {
      index: false,
      cacheControl: false,
      setHeaders: (response) => {
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      },
    }),
  );
  page.use('/page', sayWhatFailed);
  return page;
}

const sayWhatFailed: express.ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  response
    .set(headers)
    .status(500)
    .json({ error: error instanceof Error ? error.message : String(error) });
};
