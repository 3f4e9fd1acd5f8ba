import type { Response } from 'express';
import type { Changes } from './changes.ts';

const coalesceMs = 30;

/** Server-sent events: one `change` after something changed, however much changed meanwhile. */
export function announce({ onChange }: Pick<Changes, 'onChange'>, response: Response): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': listening\n\n');
  let due: NodeJS.Timeout | undefined;
  const unlisten = onChange(() => {
    due ??= setTimeout(() => {
      due = undefined;
      response.write('event: change\ndata: {}\n\n');
    }, coalesceMs);
  });
  response.on('close', () => {
    unlisten();
    clearTimeout(due);
  });
}
