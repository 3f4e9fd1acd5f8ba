import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedInUse, type Session } from './session.ts';

/**
 * Watches the session of the owner. When it is over, the server having died, it calls `enter` until that gives another
 * one, at growing distances of up to 10 s. Each new reason why it does not is logged once.
 */
export function watchSession(
  first: Session,
  enter: (signal: AbortSignal) => Promise<Session>,
  log: (line: string) => void,
): { end(): Promise<{ session: Session; owned: boolean }> } {
  const ending = new AbortController();
  let session = first;
  let owned = true;
  let reviving = Promise.resolve();
  watch();

  function watch(): void {
    session.ended.then(() => {
      if (!ending.signal.aborted) reviving = revive();
    });
  }

  async function revive(): Promise<void> {
    let said = '';
    for (let wait = 100; !ending.signal.aborted; wait = Math.min(wait * 2, 10_000)) {
      try {
        session = await enter(ending.signal);
        owned = true;
        log(`PostgreSQL was gone and is there again, on 127.0.0.1:${session.port}`);
        return watch();
      } catch (error) {
        owned = !(error instanceof EmbeddedInUse);
        const text = `PostgreSQL is gone, trying again: ${error instanceof Error ? error.message : error}`;
        if (text !== said) log(text);
        said = text;
      }
      await sleep(wait, undefined, { signal: ending.signal }).catch(() => {});
    }
  }

  return {
    /** Ends the watch, and tells whether the server is still this process's. */
    async end() {
      ending.abort();
      await reviving;
      return { session, owned };
    },
  };
}
