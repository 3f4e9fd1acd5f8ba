import type { Database } from '../../db/connect.ts';
import type { OrganizationId } from '../../db/id.ts';
import type { Platform } from '../../db/schema.ts';
import type { EmailAddress } from './email-address.ts';
import type { JoinLinks } from './invitations/join-link.ts';

/** What every operation is given: the database, and who asks. */
export interface Context {
  db: Database;
  actor: Actor;
  /** The organization that was named; without one the request is about the actor's home. It gives no rights there. */
  organizationId?: OrganizationId;
  founders: readonly string[];
  joinLinks: JoinLinks;
  /** Called after a commit that may have left something to send. It returns at once and never throws. */
  announce(): void;
  /** Names the request. Under one key an operation takes effect once; later calls get the first answer. */
  replayKey?: string;
}

/** A person as the platform vouches for them in the signed envelope of a request; nothing here comes from a button. */
export interface Actor {
  platform: Platform;
  workspaceId: string;
  userId: string;
  /** The address the platform has verified; none when it does not tell. */
  email: EmailAddress | undefined;
  fullName: string;
  timeZone: string;
  /** Where their picture is, over https; none when the platform does not tell. */
  pictureUrl?: string;
  isWorkspaceAdmin: boolean;
}
