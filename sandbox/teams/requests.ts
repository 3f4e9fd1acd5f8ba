import type { Signing } from './signing.ts';
import type { Answer, RawRequest } from './types.ts';

/** Sends what Teams would send to usher. */
export interface Requests {
  connect(messagesUrl: string): void;
  /** The last request sent. Throws when there was none. */
  last(): RawRequest;
  /** Sends a body, signed unless an `authorization` is given. */
  send(request: Partial<RawRequest> & { body: string }): Promise<Answer>;
  activity(activity: object): Promise<Answer>;
}

/** `patienceMs` is how long Teams waits for an answer: 15 seconds. */
export function createRequests(signing: Signing, patienceMs: number): Requests {
  let url: string | undefined;
  let last: RawRequest | undefined;

  async function send(given: Partial<RawRequest> & { body: string }): Promise<Answer> {
    if (!url)
      throw new Error(
        'Call connect(messagesUrl) first: the pretend Teams does not know where usher listens.',
      );
    const { body, contentType = 'application/json; charset=utf-8' } = given;
    const authorization =
      given.authorization === undefined ? `Bearer ${await signing.sign()}` : given.authorization;
    last = { body, contentType, authorization };
    const headers = {
      'content-type': contentType,
      'user-agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)',
      ...(authorization !== null && { authorization }),
    };
    const began = performance.now();
    const signal = AbortSignal.timeout(patienceMs);
    try {
      const response = await fetch(url, { method: 'POST', headers, body, signal });
      const text = await response.text();
      return { status: response.status, body: read(text, response), ms: performance.now() - began };
    } catch {
      const error = signal.aborted ? 'operation_timeout' : 'dispatch_failed';
      return { status: 0, body: error, ms: performance.now() - began };
    }
  }

  return {
    connect: (messagesUrl) => {
      url = messagesUrl;
    },
    last: () => {
      if (last) return last;
      throw new Error('Teams has sent nothing yet.');
    },
    send,
    activity: (activity) => send({ body: JSON.stringify(activity) }),
  };
}

/** Whether usher took what was sent. */
export function wasTaken({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

function read(text: string, response: Response): unknown {
  if (!response.headers.get('content-type')?.includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
