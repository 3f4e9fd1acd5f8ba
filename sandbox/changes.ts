/** Tells listeners that something somebody can see has changed. */
export interface Changes {
  changed(): void;
  onChange(listener: () => void): () => void;
  /** Resolves with the first truthy `look()`, looking now, after every change and at the deadline; rejects naming `what`. */
  until<T>(look: () => T | undefined | false | null, what: string, timeoutMs?: number): Promise<T>;
}

/** `describe` says what there is to see; it ends the error of an `until` that waited in vain. */
export function createChanges(describe: () => string): Changes {
  const listeners = new Set<() => void>();
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    onChange,
    changed: () => {
      for (const listener of [...listeners]) listener();
    },
    until: <T>(look: () => T | undefined | false | null, what: string, timeoutMs = 60_000) =>
      new Promise<T>((resolve, reject) => {
        const stop = () => {
          clearTimeout(deadline);
          unlisten();
        };
        const check = (): boolean => {
          try {
            const seen = look();
            if (!seen) return false;
            stop();
            resolve(seen);
          } catch (error) {
            stop();
            reject(error);
          }
          return true;
        };
        const deadline = setTimeout(() => {
          if (check()) return;
          stop();
          reject(new Error(`Waited ${timeoutMs} ms for ${what}. There is:\n${describe()}`));
        }, timeoutMs);
        const unlisten = onChange(check);
        check();
      }),
  };
}
