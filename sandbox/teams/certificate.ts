import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What a pretend Teams shows to prove that it is 127.0.0.1. */
export interface Certificate {
  key: string;
  cert: string;
  /** The file a process has to be started with in NODE_EXTRA_CA_CERTS to trust it. */
  trustFile: string;
}

const marker = 'usher-pretend-teams-';
const files = { key: 'key.pem', cert: 'cert.pem', trust: 'trust.pem' };

/**
 * Makes a certificate, and resolves with the file that processes started from now on have to be given in
 * NODE_EXTRA_CA_CERTS; what that variable names already stays trusted. The certificate speaks for this machine only, can
 * sign no other, and is removed when this process ends.
 */
export async function makeCertificate(): Promise<string> {
  // It takes a sixth of a second to load, and only one process of many makes a certificate.
  const { generate } = await import('selfsigned');
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  const directory = await mkdtemp(join(tmpdir(), marker));
  const trustFile = join(directory, files.trust);
  await writeFile(join(directory, files.key), key, { mode: 0o600 });
  await writeFile(join(directory, files.cert), cert);
  await writeFile(trustFile, `${await readTrustedBefore()}\n${cert}\n`);
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return trustFile;
}

/** The certificate this process was started to trust, or undefined when it was not. */
export function findCertificate(): Certificate | undefined {
  const trustFile = process.env.NODE_EXTRA_CA_CERTS ?? '';
  const directory = dirname(trustFile);
  if (!directory.includes(marker)) return undefined;
  const read = (name: string) => readFileSync(join(directory, name), 'utf8');
  return { key: read(files.key), cert: read(files.cert), trustFile };
}

async function readTrustedBefore(): Promise<string> {
  const before = process.env.NODE_EXTRA_CA_CERTS;
  return before ? readFile(before, 'utf8').catch(() => '') : '';
}
