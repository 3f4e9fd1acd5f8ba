import type { Request, Response } from 'express';
import type { Call, Fault, Route } from './types.ts';

/** What goes back over HTTP. */
export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Every call usher made, and the faults still to happen to the next ones. */
export interface CallLog {
  calls: Call[];
  /** Faults for one route, or under `*` for every route, happen in the order they were asked for. */
  fail(route: Route | '*', fault: Fault, times?: number): void;
  /** Forgets the faults that have not happened yet. */
  heal(): void;
  /** Runs one call of usher under the fault that is due, answers it, and notes it. */
  run(route: Call['method'], request: Request, response: Response, work: () => Promise<Reply>): Promise<void>;
}

export function createCallLog(changed: () => void): CallLog {
  const calls: Call[] = [];
  const waiting: { route: string; fault: Fault; times: number }[] = [];

  function take(route: string): Fault | undefined {
    const due = waiting.find((one) => one.times > 0 && [route, '*'].includes(one.route));
    if (due) due.times -= 1;
    return due?.fault;
  }

  return {
    calls,
    fail: (route, fault, times = 1) => void waiting.push({ route, fault, times }),
    heal: () => {
      waiting.length = 0;
    },
    run: async (method, request, response, work) => {
      const call: Call = {
        ...{ method, path: request.originalUrl, body: withoutSecret(request.body) },
        ...{ at: Date.now(), status: 0 },
      };
      const requestId = request.get('x-ms-client-request-id');
      if (requestId) call.requestId = requestId;
      calls.push(call);
      const fault = take(method);
      const reply = fault === undefined || fault === 'cut-after' ? await work() : injected(fault);
      const error = typeof fault === 'string' ? fault : errorOf(reply);
      if (error) call.error = error;
      if (typeof fault !== 'string' && reply) {
        call.status = reply.status;
        answer(response, reply);
      } else if (fault !== 'hang') response.destroy();
      changed();
    },
  };
}

/** An answer of the connector in the first of its two shapes. */
export function refused(status: number, code: string, message: string): Reply {
  return { status, body: { error: { code, message } } };
}

/** What Teams answers about a person who has taken the app away: another shape, with JSON in the message. */
export function writesBlocked(): Reply {
  const details = { subCode: 'MessageWritesBlocked', details: null, errorCode: null, errorSubCode: null };
  return { status: 403, body: { errorCode: 209, message: JSON.stringify(details) } };
}

const names: Record<number, [code: string, message: string]> = {
  401: ['Unauthorized', 'Authorization has been denied for this request.'],
  403: ['ForbiddenOperationException', 'The bot is not allowed to do this.'],
  404: ['ConversationNotFound', 'Conversation not found.'],
  412: ['PreconditionFailed', 'A precondition failed, please try again.'],
  429: ['Throttled', 'Too many requests.'],
  500: ['ServiceError', 'Internal server error.'],
  502: ['ServiceError', 'Bad gateway.'],
  503: ['ServiceError', 'Service is unavailable.'],
  504: ['ServiceError', 'Gateway timeout.'],
};

function injected(fault: Exclude<Fault, 'cut-after'>): Reply | undefined {
  if (typeof fault === 'string') return undefined;
  if ('error' in fault && fault.error === 'MessageWritesBlocked') return writesBlocked();
  const [code, message] = names[fault.status] ?? ['ServiceError', ''];
  const reply = refused(fault.status, ('error' in fault && fault.error) || code, message);
  return 'retryAfter' in fault ? { ...reply, headers: { 'retry-after': String(fault.retryAfter) } } : reply;
}

function answer(response: Response, { status, body, headers = {} }: Reply): void {
  response.status(status).set(headers);
  if (body === undefined) response.end();
  else if (Buffer.isBuffer(body)) response.send(body);
  else response.json(body);
}

function errorOf(reply: Reply | undefined): string | undefined {
  const body = reply?.body as
    | { error?: string | { code?: string }; errorCode?: number; message?: string }
    | undefined;
  if (typeof body !== 'object' || body === null) return undefined;
  if (typeof body.error === 'object') return body.error.code;
  return body.error ?? (body.errorCode === undefined ? undefined : body.message);
}

function withoutSecret(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null) return {};
  const { client_secret: _, ...rest } = body as Record<string, unknown>;
  return rest;
}
