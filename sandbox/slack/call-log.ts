import type { Response } from 'express';
import type { Call, Fault } from './types.ts';

/** What goes back over HTTP. */
export interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Every call usher made, and the faults still to happen to the next ones. */
export interface CallLog {
  calls: Call[];
  /** Faults for one method, or under `*` for every method, happen in the order they were asked for. */
  fail(method: string, fault: Fault, times?: number): void;
  /** Forgets the faults that have not happened yet. */
  heal(): void;
  /** Runs one call of usher under the fault that is due, answers it, and notes it. */
  run(method: string, body: Call['body'], response: Response, work: () => Promise<Reply>): Promise<void>;
}

export function createCallLog(changed: () => void): CallLog {
  const calls: Call[] = [];
  const waiting: { method: string; fault: Fault; times: number }[] = [];

  function take(method: string): Fault | undefined {
    const due = waiting.find((one) => one.times > 0 && [method, '*'].includes(one.method));
    if (due) due.times -= 1;
    return due?.fault;
  }

  return {
    calls,
    fail: (method, fault, times = 1) => void waiting.push({ method, fault, times }),
    heal: () => {
      waiting.length = 0;
    },
    run: async (method, body, response, work) => {
      const call: Call = { method, body, at: Date.now(), status: 0 };
      calls.push(call);
      const fault = take(method);
      const reply = fault === undefined || fault === 'cut-after' ? await work() : injected(fault);
      const error = typeof fault === 'string' ? fault : errorOf(reply?.body);
      if (error) call.error = error;
      if (typeof fault !== 'string' && reply) {
        call.status = reply.status;
        send(response, reply);
      } else if (fault !== 'hang') response.destroy();
      changed();
    },
  };
}

/** Answers over HTTP; objects go out as JSON. */
export function send(response: Response, { status, body, headers = {} }: Reply): void {
  response.status(status).set(headers).send(body);
}

function injected(fault: Exclude<Fault, 'cut-after'>): Reply | undefined {
  if (typeof fault === 'string') return undefined;
  if ('error' in fault) return { status: 200, body: { ok: false, error: fault.error } };
  if (fault.status === 500) return { status: 500, body: { ok: false, error: 'internal_error' } };
  const headers = { 'retry-after': String(fault.retryAfter) };
  return { status: 429, body: { ok: false, error: 'ratelimited' }, headers };
}

function errorOf(body: unknown): string | undefined {
  return typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : undefined;
}
