import { brokenAudit } from './audit.ts';
import { brokenExports } from './exports.ts';
import { brokenInvitations } from './invitations.ts';
import { brokenLicenses } from './licenses.ts';
import { brokenMessages } from './messages.ts';
import { brokenPeople } from './people.ts';
import { brokenStanding } from './standing.ts';

/** Each rule with at least one way to break it. */
export const breakages = {
  ...brokenPeople,
  ...brokenStanding,
  ...brokenInvitations,
  ...brokenLicenses,
  ...brokenExports,
  ...brokenMessages,
  ...brokenAudit,
};
