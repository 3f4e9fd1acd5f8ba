import express, { type Request, type Router } from 'express';
import { type CallLog, type Reply, send } from './call-log.ts';
import { applyCall } from './effects.ts';
import type { ApiAnswer, Emulator } from './emulator.ts';
import type { Files } from './files.ts';
import { type Known, refuse } from './refuse.ts';
import type { ResponseUrls } from './response-urls.ts';

type Body = Record<string, unknown>;

const encoded = ['blocks', 'view', 'attachments', 'metadata', 'files'];
const largestUpload = '300mb';

/** Slack's Web API for usher: checks what emulate does not, hands on, and keeps the log. */
export function createWebApi(parts: {
  emulator: Emulator;
  known: Known;
  files: Files;
  responseUrls: ResponseUrls;
  log: CallLog;
  botToken: string;
  scopes: string[];
}): Router {
  const { emulator, known, files, responseUrls, log, botToken, scopes } = parts;
  const router = express.Router();
  const raw = express.raw({ type: () => true, limit: largestUpload });

  router.all('/api/:method', raw, (request, response) => {
    const method = String(request.params.method);
    const body = parseBody(request);
    const work = async () => ({ status: 200, body: await answer(method, body, request) });
    return log.run(method, body, response, work);
  });
  router.post('/response/:id', raw, (request, response) => {
    const body = asObject(bufferOf(request).toString());
    return log.run('response_url', body, response, () => responseUrls.use(request.params.id, body));
  });
  router.post('/upload/v1/:file', raw, (request, response) => {
    const body = { file: request.params.file, bytes: bufferOf(request).length };
    return log.run('upload', body, response, () => handOn(request));
  });
  router.get('/files-pri/:file/:name', async (request, response, next) => {
    const given = files.content(request.params.file);
    if (!given) return next();
    const isAllowed = scopes.includes('files:read') && tokenOf(request) === botToken;
    // Whoever may not read a file gets Slack's page to sign in.
    if (isAllowed) response.type('text/csv').send(given);
    else response.type('html').send('<title>Sign in</title>');
  });
  router.get('/files-pri/:file/:name', async (request, response) => {
    response.set({ 'content-disposition': 'attachment', 'x-content-type-options': 'nosniff' });
    send(response, await handOn(request));
  });

  async function answer(method: string, body: Body, request: Request): Promise<ApiAnswer> {
    const token = tokenOf(request) ?? body.token;
    if (!token) return { ok: false, error: 'not_authed' };
    if (token !== botToken) return { ok: false, error: 'invalid_auth' };
    const decided = known.directory.answer(method, body) ?? refuse(method, body, known);
    if (decided) return decided;
    // emulate counts closed modals too, so it would refuse a push too early; a push is a new modal to it.
    const path = method === 'views.push' ? '/api/views.open' : `/api/${method}`;
    const { status, body: text } = await handOn(request, path);
    if (status === 404) return { ok: false, error: 'unknown_method', req_method: method };
    const result = JSON.parse(String(text)) as ApiAnswer;
    if (result.ok) applyCall(method, body, result, known);
    return result;
  }

  async function handOn(request: Request, path = request.originalUrl): Promise<Reply> {
    const { method } = request;
    const body = bufferOf(request);
    const contentType = request.get('content-type');
    const result = await emulator.forward(path, { method, contentType, ...(method !== 'GET' && { body }) });
    return { status: result.status, body: result.body, headers: { 'content-type': result.contentType } };
  }

  return router;
}

function tokenOf(request: Request): string | undefined {
  return request.get('authorization')?.replace(/^Bearer\s+/i, '');
}

function bufferOf(request: Request): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** Slack takes arguments as JSON, as a form (where objects are JSON texts), and in the address. */
function parseBody(request: Request): Body {
  const text = bufferOf(request).toString();
  const inAddress = new URL(request.originalUrl, 'http://localhost').searchParams;
  const isJson = request.get('content-type')?.includes('json');
  const given = isJson ? asObject(text) : Object.fromEntries(new URLSearchParams(text));
  const body: Body = { ...Object.fromEntries(inAddress), ...given };
  for (const name of encoded) {
    const value = body[name];
    if (typeof value === 'string') body[name] = parseJson(value);
  }
  return body;
}

function asObject(text: string): Body {
  const value = parseJson(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
