import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import express from 'express';

/**
 * One numbered line of the panel "Try this"; `as` is a person's real name, `text` goes into that person's composer, as
 * one types it on the platform that is shown. `in` is for what is to be tried on one of them only, and `place` names a
 * channel or group chat there.
 * It is done when that person has pressed such a button, or so many hours have passed, or else when the text was sent.
 */
export type Task = {
  title: string;
  as?: string;
  text?: string;
  in?: 'slack' | 'teams';
  place?: string;
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
/** What the page takes from packages, by the name it has there. */
const { resolve } = createRequire(import.meta.url);
const packaged = {
  'adaptivecards.js': resolve('adaptivecards/dist/adaptivecards.min.js'),
  'adaptivecards.css': resolve('adaptivecards/lib/adaptivecards.css'),
};

/** The only code that may turn a text into HTML: the card library, with what `markdown.js` drew and read back. */
const htmlMakers = ['deprecatedExportedFunctionPolicy', 'markdownPassthroughPolicy', 'restoreContentsPolicy'];
const headers = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; " +
    `trusted-types ${htmlMakers.map((name) => `adaptivecards#${name}`).join(' ')}`,
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

  for (const [name, path] of Object.entries(packaged)) {
    page.get(`/page/${name}`, (_request, response) => {
      response.set(headers).sendFile(path, { cacheControl: false, dotfiles: 'allow' });
    });
  }

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
