import pino, { type Logger } from 'pino';

export type { Logger } from 'pino';

/** What looks like an address or a join secret; neither belongs in a log. */
const private_ = /[^\s"'<>@]+@[^\s"'<>@]+\.[a-z]{2,}|\/join\/[\w-]+|xox[a-z]-[\w-]+/gi;

/** A logger of JSON lines on standard output. E-mail addresses, join links and Slack tokens are blacked out. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: (line) => line.replace(private_, '[redacted]') },
  });
}
