import { createHash } from 'node:crypto';
import { verifySlackRequest } from '@slack/bolt';
import { sql } from 'drizzle-orm';
import { type RequestHandler, type Response, raw } from 'express';
import type { Database } from '../../db/connect.ts';

/** Slack's clock may be ahead of ours by this much; Bolt itself refuses only what is older than five minutes. */
const aheadSeconds = 60;

/** How long an unanswered request counts as being worked on; after it, a redelivered event is taken up again. */
const unansweredSeconds = 30;

interface Answer {
  status: number;
  type: string | null;
  body: string;
}

/**
 * Lets a request through to Bolt once: signed by Slack, within −5 min / +1 min, and never seen before. A repetition gets
 * the answer the first one got, and nothing happens.
 */
export function createGate(options: { signingSecret: string; db: Database }): RequestHandler[] {
  return [
    raw({ type: () => true, limit: '1mb' }),
    async (req, res, next) => {
      const body = Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '';
      if (!isGenuine(options.signingSecret, req.headers, body)) {
        res.status(401).json({ error: 'This request is not signed by Slack, or its time is off.' });
        return;
      }
      const key = requestKey(req.headers, body);
      const first = await claim(options.db, key);
      if (first) return repeat(res, first);
      keepAnswer(res, options.db, key);
      // Bolt parses the raw body itself; it signs what Slack sent, byte for byte.
      Object.assign(req, { rawBody: req.body });
      next();
    },
  ];
}

function isGenuine(signingSecret: string, headers: Record<string, unknown>, body: string): boolean {
  const timestamp = Number(headers['x-slack-request-timestamp']);
  const signature = headers['x-slack-signature'];
  if (!Number.isSafeInteger(timestamp) || typeof signature !== 'string') return false;
  if (timestamp > Date.now() / 1000 + aheadSeconds) return false;
  try {
    const signed = { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp };
    verifySlackRequest({ signingSecret, body, headers: signed });
    return true;
  } catch {
    return false;
  }
}

/** Slack signs a redelivered event anew, so an event is known by its id, and everything else by its signature. */
function requestKey(headers: Record<string, unknown>, body: string): string {
  const eventId = /^\{.*"event_id":"(Ev\w{1,60})"/s.exec(body)?.[1];
  const name = eventId ?? createHash('sha256').update(String(headers['x-slack-signature'])).digest('hex');
  return `slack:${name}`;
}

/** Undefined for the first of its kind; otherwise the answer the first got, or an empty one while it is worked on. */
async function claim(db: Database, key: string): Promise<Answer | undefined> {
  const [claimed] = await db.execute(sql`
    insert into replay_key (key) values (${key})
    on conflict (key) do update set at = now()
      where replay_key.answer is null and replay_key.at < now() - make_interval(secs => ${unansweredSeconds})
    returning key`);
  if (claimed) return undefined;
  const [seen] = await db.execute<{ answer: Answer | null }>(
    sql`select answer from replay_key where key = ${key}`,
  );
  return seen?.answer ?? { status: 200, type: null, body: '' };
}

function repeat(res: Response, answer: Answer): void {
  res.status(answer.status);
  if (answer.type) res.type(answer.type);
  res.end(answer.body);
}

/** Writes down what was answered, once it is on its way. */
function keepAnswer(res: Response, db: Database, key: string): void {
  let body = '';
  const end = res.end.bind(res) as (...parts: unknown[]) => Response;
  res.end = ((...parts: unknown[]) => {
    if (typeof parts[0] === 'string' || Buffer.isBuffer(parts[0])) body = parts[0].toString();
    return end(...parts);
  }) as Response['end'];
  res.once('finish', () => {
    const type = res.getHeader('content-type');
    const answer: Answer = { status: res.statusCode, type: typeof type === 'string' ? type : null, body };
    // A lost answer only means that a repetition gets an empty one.
    db.execute(sql`update replay_key set answer = ${JSON.stringify(answer)}::jsonb where key = ${key}`).catch(
      () => {},
    );
  });
}
