import { Refusal } from '../membership/refusal.ts';

/** A file somebody gave with a form or with words, as the signed request tells of it. */
export interface GivenFile {
  name: string;
  /** Where its bytes are; whoever fetches them makes sure of the host. */
  url: string;
}

/** Reads a body whole, or refuses it once it has more bytes than this. */
export async function readAtMost(body: ReadableStream<Uint8Array>, mostBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += piece.length;
    if (bytes > mostBytes) throw new Refusal('file-too-big', { megabytes: mostBytes / 2 ** 20 });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
