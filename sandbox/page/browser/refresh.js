// @ts-check

/**
 * Runs `load` one at a time: asked again while it runs, it runs once more, and the promise waits for that run too.
 *
 * @param {() => Promise<void>} load
 * @returns {() => Promise<void>}
 */
export function createRefresh(load) {
  /** @type {Promise<void> | undefined} */
  let running;
  let again = false;

  async function run() {
    do {
      again = false;
      await load();
    } while (again);
  }

  return () => {
    again = true;
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  };
}
