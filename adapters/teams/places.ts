import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import type { Actor } from '../../src/membership/context.ts';
import type { ChatPerson } from '../../src/messages/messenger.ts';
import type { Address } from './activity.ts';

/** One person's chat with usher. */
interface Chat {
  person: ChatPerson;
  address: Address;
}

type Known = Pick<Actor, 'userId' | 'email' | 'fullName' | 'timeZone'>;

/** Where usher was installed in one tenant, kept in the database: every process knows every place. */
export interface Places {
  rememberChat(address: Address, person: Known): Promise<void>;
  /** Remembers a team or a group chat, whose roster usher may read. */
  rememberRoom(address: Address): Promise<void>;
  forget(conversationId: string): Promise<void>;
  findChat(of: { userId: string } | { email: string }): Promise<Chat | undefined>;
  findRooms(): Promise<Address[]>;
  /** The server that carries this tenant, where any place of it is known. */
  findServiceUrl(): Promise<string | undefined>;
  /** The address of a conversation, as long as usher is installed there, and whether several people are in it. */
  findAddress(conversationId: string): Promise<(Address & { isRoom: boolean }) | undefined>;
}

/** Keeps the places of this tenant. */
export function createPlaces(db: Database, tenantId: string): Places {
  const here = sql`platform = 'teams' and workspace_id = ${tenantId}`;
  return {
    async rememberChat({ conversationId, serviceUrl }, { userId, email = null, fullName, timeZone }) {
      await db.execute(sql`
        insert into place (platform, workspace_id, conversation_id, service_url, user_id, email, full_name, time_zone)
        values ('teams', ${tenantId}, ${conversationId}, ${serviceUrl}, ${userId}, ${email}, ${fullName}, ${timeZone})
        on conflict (platform, workspace_id, user_id) do update set conversation_id = excluded.conversation_id,
          service_url = excluded.service_url, email = excluded.email, full_name = excluded.full_name,
          time_zone = excluded.time_zone`);
    },
    async rememberRoom({ conversationId, serviceUrl }) {
      await db.execute(sql`
        insert into place (platform, workspace_id, conversation_id, service_url)
        values ('teams', ${tenantId}, ${conversationId}, ${serviceUrl})
        on conflict on constraint one_place_per_conversation do update set service_url = excluded.service_url
        where place.service_url <> excluded.service_url`);
    },
    async forget(conversationId) {
      await db.execute(sql`delete from place where ${here} and conversation_id = ${conversationId}`);
    },
    async findChat(of) {
      const is = 'userId' in of ? sql`user_id = ${of.userId}` : sql`email = ${of.email}`;
      const [row] = await db.execute<
        Address & Omit<ChatPerson, 'platform' | 'workspaceId'> & Record<string, unknown>
      >(sql`
        select conversation_id as "conversationId", service_url as "serviceUrl", user_id as "userId",
          full_name as "fullName", time_zone as "timeZone" from place where ${here} and ${is} limit 1`);
      if (!row) return undefined;
      const { conversationId, serviceUrl, ...person } = row;
      return {
        person: { platform: 'teams', workspaceId: tenantId, ...person },
        address: { conversationId, serviceUrl },
      };
    },
    async findRooms() {
      return [
        ...(await db.execute<Address & Record<string, unknown>>(sql`
        select conversation_id as "conversationId", service_url as "serviceUrl" from place
        where ${here} and user_id is null order by conversation_id`)),
      ];
    },
    async findServiceUrl() {
      const [row] = await db.execute<{ url: string }>(
        sql`select service_url as url from place where ${here} order by user_id is not null limit 1`,
      );
      return row?.url;
    },
    async findAddress(conversationId) {
      const [row] = await db.execute<Address & { isRoom: boolean } & Record<string, unknown>>(sql`
        select conversation_id as "conversationId", service_url as "serviceUrl",
          user_id is null as "isRoom" from place
        where ${here} and conversation_id = ${conversationId}`);
      return row;
    },
  };
}
