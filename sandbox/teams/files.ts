import { randomUUID } from 'node:crypto';
import express, { type Request, type Router } from 'express';
import { type CallLog, refused } from './call-log.ts';

/** Where an app may put a file somebody has accepted, as Teams tells it. */
interface UploadInfo {
  uploadUrl: string;
  contentUrl: string;
  uniqueId: string;
  fileType: string;
  name: string;
}

/** People's storage: what apps put there, and what people attach to messages. */
export interface Files {
  /** Room for a file of this name, until it is full. */
  reserve(name: string): UploadInfo;
  /** Keeps a file; its address can be fetched without a token, as Teams' own for attachments can. */
  keep(name: string, content: Buffer): { uniqueId: string; downloadUrl: string };
  /** What is in a complete file; undefined while there is none. */
  read(uniqueId: string): Buffer | undefined;
  /** `PUT /upload/<id>` and `GET /files/<id>/<name>`. */
  router(log: CallLog): Router;
}

interface Stored {
  pieces: Buffer[];
  bytes: number;
  total: number | undefined;
}

const largestPiece = '60mb';
const multipleOf = 320 * 1024;

export function createFiles(url: string): Files {
  const stored = new Map<string, Stored>();
  const addressOf = (id: string, name: string) => `${url}/files/${id}/${encodeURIComponent(name)}`;

  /** One piece of an upload, by the rules of upload sessions: in order, and all but the last a multiple of 320 KiB. */
  function put(request: Request) {
    const file = stored.get(String(request.params.id));
    if (!file || file.total === file.bytes)
      return refused(404, 'itemNotFound', 'The upload session is over.');
    const piece = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(request.get('content-range') ?? '');
    const [from, to, total] = (range?.slice(1) ?? []).map(Number);
    if (from === undefined || to === undefined || total === undefined || to - from + 1 !== piece.length) {
      return refused(400, 'invalidRange', 'The content range is missing or does not fit the content.');
    }
    if (from !== file.bytes) return refused(416, 'invalidRange', 'The pieces do not follow each other.');
    const isLast = to + 1 === total;
    if (!isLast && piece.length % multipleOf !== 0) {
      return refused(400, 'invalidRequest', 'A piece must be a multiple of 320 KiB.');
    }
    file.pieces.push(piece);
    file.bytes += piece.length;
    file.total = total;
    return { status: isLast ? 201 : 202, body: isLast ? {} : { nextExpectedRanges: [`${to + 1}-`] } };
  }

  function read(uniqueId: string): Buffer | undefined {
    const file = stored.get(uniqueId);
    return file && file.bytes === file.total ? Buffer.concat(file.pieces) : undefined;
  }

  return {
    reserve(name) {
      const uniqueId = randomUUID();
      stored.set(uniqueId, { pieces: [], bytes: 0, total: undefined });
      const fileType = name.split('.').at(-1) ?? '';
      return {
        ...{ uniqueId, fileType, name, uploadUrl: `${url}/upload/${uniqueId}` },
        contentUrl: addressOf(uniqueId, name),
      };
    },
    keep(name, content) {
      const uniqueId = randomUUID();
      stored.set(uniqueId, { pieces: [content], bytes: content.length, total: content.length });
      return { uniqueId, downloadUrl: `${addressOf(uniqueId, name)}?tempauth=${randomUUID()}` };
    },
    read,
    router(log) {
      const router = express.Router();
      const raw = express.raw({ type: () => true, limit: largestPiece });
      router.put('/upload/:id', raw, (request, response) =>
        log.run('upload', request, response, async () => put(request)),
      );
      router.get('/files/:id/:name', (request, response) =>
        log.run('download', request, response, async () => {
          const content = read(request.params.id);
          return content ? { status: 200, body: content, headers: asFile } : { status: 404 };
        }),
      );
      return router;
    },
  };
}

/** So that a browser keeps it instead of showing it. */
export const asFile = {
  'content-type': 'application/octet-stream',
  'content-disposition': 'attachment',
  'x-content-type-options': 'nosniff',
};
