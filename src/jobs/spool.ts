import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file on disk that has no name, so that nobody else opens it and nothing is left of it when the process ends. */
export interface Spool {
  readonly bytes: number;
  append(text: string): Promise<void>;
  /** The bytes from one place up to and without another. */
  read(from: number, to: number): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

const pieceBytes = 256 * 1024;

/** Opens an empty one. */
export async function createSpool(): Promise<Spool> {
  const file = await openNameless();
  let bytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    async append(text) {
      const piece = Buffer.from(text);
      await file.writeFile(piece);
      bytes += piece.length;
    },
    async *read(from, to) {
      for (let at = from; at < to; ) {
        const piece = Buffer.alloc(Math.min(pieceBytes, to - at));
        const { bytesRead } = await file.read(piece, 0, piece.length, at);
        if (bytesRead === 0) throw new Error('The spooled file is shorter than it was.');
        at += bytesRead;
        yield piece.subarray(0, bytesRead);
      }
    },
    close: () => file.close(),
  };
}

async function openNameless(): Promise<FileHandle> {
  const directory = await mkdtemp(join(tmpdir(), 'usher-'));
  try {
    return await open(join(directory, 'export'), 'wx+', 0o600);
  } finally {
    await rm(directory, { recursive: true });
  }
}
