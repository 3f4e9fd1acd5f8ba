import { brokenAudit } from './audit.ts';
import { brokenChannels } from './channels.ts';
import { brokenExports } from './exports.ts';
import { brokenGroups } from './groups.ts';
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
  ...brokenGroups,
  ...brokenExports,
  ...brokenMessages,
  ...brokenChannels,
  ...brokenAudit,
};
