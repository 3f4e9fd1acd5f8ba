import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { makeCertificate } from './teams/certificate.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Starts this program once more, trusting the certificate of the pretend Teams: whom a process trusts is settled when it
 * starts. Signals are handed on; resolves with the exit code.
 */
export async function startAgainTrusting(): Promise<number> {
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: await makeCertificate() };
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env,
  });
  // The terminal sends Ctrl+C to both; this process stays until the other one has closed everything.
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  const [code, signal] = (await once(child, 'exit')) as [
    number | null,
    keyof typeof constants.signals | null,
  ];
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}
