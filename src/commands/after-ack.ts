import type { ReportFault } from './run-command.ts';

/** Work that goes on after a request was acknowledged; faults are reported, for there is nobody left to throw to. */
export interface AfterAck {
  begin(work: () => Promise<void>): void;
  /** Resolves when everything begun so far has ended. */
  idle(): Promise<void>;
}

/** Keeps track of what is still being worked on; `where` names the platform in reports. */
export function createAfterAck(report: ReportFault, where: string): AfterAck {
  const working = new Set<Promise<void>>();
  return {
    begin(work) {
      const running = work().catch((error) => report(error, where));
      working.add(running);
      running.finally(() => working.delete(running));
    },
    idle: async () => void (await Promise.allSettled(working)),
  };
}
