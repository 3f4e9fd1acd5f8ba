import { auditInvariants } from './audit.ts';
import { channelInvariants } from './channels.ts';
import { exportInvariants } from './exports.ts';
import { groupInvariants } from './groups.ts';
import type { Invariant } from './invariant.ts';
import { invitationInvariants } from './invitations.ts';
import { licenseInvariants } from './licenses.ts';
import { messageInvariants } from './messages.ts';
import { peopleInvariants } from './people.ts';
import { standingInvariants } from './standing.ts';

/** Every rule that can be proved on rows. Two rules never break together for one and the same cause. */
export const invariants: readonly Invariant[] = [
  ...peopleInvariants,
  ...standingInvariants,
  ...invitationInvariants,
  ...licenseInvariants,
  ...groupInvariants,
  ...exportInvariants,
  ...messageInvariants,
  ...channelInvariants,
  ...auditInvariants,
];
