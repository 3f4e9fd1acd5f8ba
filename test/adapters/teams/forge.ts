import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/connect.ts';
import type { PretendTeams } from '../../../sandbox/teams/pretend-teams.ts';
import type { Shown } from '../../../sandbox/teams/types.ts';
import type { TestWorld } from '../../world.ts';
import { readState } from '../slack/state.ts';

/** An activity as JSON. */
export type Fields = Record<string, unknown>;

/** usher in Teams. */
export type TeamsWorld = TestWorld<Shown>;

/** The activity Teams sent last, which nobody has sent yet by its id, with these fields over it; undefined leaves one out. */
export function freshActivity(
  { lastRequest }: Pick<PretendTeams, 'lastRequest'>,
  fields: Fields = {},
): Fields {
  return { ...JSON.parse(lastRequest.body), id: `f:${randomUUID()}`, ...fields };
}

/** Everything people can change, the places usher was installed in, and what is to be said, as one text. */
export async function readAll(db: Database): Promise<string> {
  const places = await db.execute(sql`select to_jsonb(p) as row from place p order by to_jsonb(p)::text`);
  const [waiting] = await db.execute(sql`select count(*)::int as rows from outbox`);
  return `${await readState(db)}${JSON.stringify([places.map(({ row }) => row), waiting])}`;
}

/** Presses a button that usher never drew: a card of theirs, with this in place of the data of its button. */
export function pressForged({ teams, messages }: TeamsWorld, who: string, value: unknown) {
  const seen = messages(who).at(-1);
  return teams.activity(who, { value, ...(seen ? { replyToId: seen.id } : {}) });
}

/** Asks for a dialog, or submits one, that usher never offered. */
export function invoke({ teams }: TeamsWorld, who: string, name: string, data: unknown) {
  return teams.activity(who, {
    ...{ type: 'invoke', name },
    value: { data, context: { theme: 'default' } },
  });
}

/** What a dialog says instead of opening, or undefined when it opens, stays open, or closes. */
export function saidBy(answer: { body: unknown }): string | undefined {
  const { task } = (answer.body ?? {}) as { task?: { type: string; value: unknown } };
  return task?.type === 'message' ? String(task.value) : undefined;
}
