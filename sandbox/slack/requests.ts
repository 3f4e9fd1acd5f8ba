import { createHmac } from 'node:crypto';
import type { Answer, RawRequest } from './types.ts';

/** Sends what Slack would send to usher. */
export interface Requests {
  connect(eventsUrl: string): void;
  /** The last request sent. Throws when there was none. */
  last(): RawRequest;
  /** Signs and sends a body; whatever of timestamp and signature is given is sent as it is. */
  send(request: Partial<RawRequest> & { body: string }): Promise<Answer>;
  form(fields: Record<string, string>): Promise<Answer>;
  /** An interaction: JSON in the form field `payload`. */
  interaction(payload: object): Promise<Answer>;
  json(body: object): Promise<Answer>;
}

const formType = 'application/x-www-form-urlencoded';

/** `patienceMs` is how long Slack waits for an answer: 3 seconds. */
export function createRequests(signingSecret: string, patienceMs: number): Requests {
  let url: string | undefined;
  let last: RawRequest | undefined;

  async function send(given: Partial<RawRequest> & { body: string }): Promise<Answer> {
    if (!url)
      throw new Error('Call connect(eventsUrl) first: the pretend Slack does not know where usher listens.');
    const timestamp = given.timestamp ?? String(Math.floor(Date.now() / 1000));
    const signature = given.signature ?? sign(signingSecret, timestamp, given.body);
    const contentType = given.contentType ?? (given.body.startsWith('{') ? 'application/json' : formType);
    last = { body: given.body, contentType, timestamp, signature };
    const headers = {
      'content-type': contentType,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature,
    };
    const began = performance.now();
    const signal = AbortSignal.timeout(patienceMs);
    try {
      const response = await fetch(url, { method: 'POST', headers, body: given.body, signal });
      const text = await response.text();
      return { status: response.status, body: read(text, response), ms: performance.now() - began };
    } catch {
      const error = signal.aborted ? 'operation_timeout' : 'dispatch_failed';
      return { status: 0, body: error, ms: performance.now() - began };
    }
  }

  const form = (fields: Record<string, string>) =>
    send({ body: new URLSearchParams(fields).toString(), contentType: formType });
  return {
    connect: (eventsUrl) => {
      url = eventsUrl;
    },
    last: () => {
      if (last) return last;
      throw new Error('Slack has sent nothing yet.');
    },
    send,
    form,
    interaction: (payload) => form({ payload: JSON.stringify(payload) }),
    json: (body) => send({ body: JSON.stringify(body), contentType: 'application/json' }),
  };
}

/** Slack's signature of a body, version 0. */
function sign(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

function read(text: string, response: Response): unknown {
  if (!response.headers.get('content-type')?.includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
