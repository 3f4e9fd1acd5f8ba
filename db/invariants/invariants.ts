import { auditInvariants } from './audit.ts';
import { invitationInvariants } from './invitations.ts';
import { messageInvariants } from './messages.ts';
import { peopleInvariants } from './people.ts';

/** A rule of PRODUCT.md, and the SQL that selects every row that breaks it: by its ids, without addresses or names. */
export interface Invariant {
  rule: string;
  query: string;
  /** It holds while usher's jobs run; all others hold at every commit. */
  onlyWhileRunning?: true;
}

/** Every rule that can be proved on rows. Two rules never break together for one and the same cause. */
export const invariants: readonly Invariant[] = [
  ...peopleInvariants,
  ...invitationInvariants,
  ...messageInvariants,
  ...auditInvariants,
];
