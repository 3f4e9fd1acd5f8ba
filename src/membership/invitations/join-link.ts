import { createHmac, timingSafeEqual } from 'node:crypto';
import { type InvitationId, idBytes, idFromBytes } from '../../../db/id.ts';

/** Which link of which invitation a secret stands for. Whether it is still alive, the row says. */
export interface JoinLinkClaim {
  invitationId: InvitationId;
  generation: number;
}

export interface JoinLinks {
  /** The whole address to send or copy. It is derived from the key each time and stored nowhere. */
  url(claim: JoinLinkClaim): string;
  /** What a secret from outside claims, or undefined unless usher made it. Takes the same time for every forgery. */
  read(secret: string): JoinLinkClaim | undefined;
}

const idLength = 16;
const generationLength = 4;
const macLength = 32;
const secretLength = Math.ceil(((idLength + generationLength + macLength) * 4) / 3);

/**
 * Makes and reads join links: base64url(id, generation, HMAC-SHA256(key, purpose ‖ id ‖ generation)), always 70
 * characters. `previousKey` is accepted, never used for new links, while keys are rotated.
 */
export function createJoinLinks(options: { baseUrl: string; key: string; previousKey?: string }): JoinLinks {
  const keys = [options.key, ...(options.previousKey === undefined ? [] : [options.previousKey])];
  return {
    url({ invitationId, generation }) {
      const claim = Buffer.alloc(idLength + generationLength);
      idBytes(invitationId).copy(claim);
      claim.writeUInt32BE(generation, idLength);
      const secret = Buffer.concat([claim, mac(options.key, claim)]).toString('base64url');
      return new URL(`/join/${secret}`, options.baseUrl).href;
    },
    read(secret) {
      if (secret.length !== secretLength) return undefined;
      const bytes = Buffer.from(secret, 'base64url');
      // Several texts decode to the same bytes; only the one we would write is ours.
      if (bytes.toString('base64url') !== secret) return undefined;
      const claim = bytes.subarray(0, idLength + generationLength);
      const given = bytes.subarray(idLength + generationLength);
      const genuine = keys.map((key) => timingSafeEqual(mac(key, claim), given));
      if (!genuine.includes(true)) return undefined;
      return {
        invitationId: idFromBytes('inv', claim.subarray(0, idLength)),
        generation: claim.readUInt32BE(idLength),
      };
    },
  };
}

function mac(key: string, claim: Buffer): Buffer {
  return createHmac('sha256', key).update('join-link').update(claim).digest();
}
