import { listEvents } from '../membership/audit/list-events.ts';
import { may } from '../membership/policy.ts';
import { auditList } from '../messages/audit.ts';
import type { ActionHandlers, Command, CommandContext, Said } from './command.ts';
import { beginExport } from './export.ts';
import { named } from './in-organization.ts';
import { askedOf, type Wanted } from './list.ts';

/** How many sentences stand on a page. */
const pageSize = 15;

/** `/usher audit`: what happened, and what was refused. */
export const audit: Command = {
  word: 'audit',
  does: 'See who did what and when: of a person, by a person, on a day',
  example: '/usher audit by:olivia since:2026-11-01',
  offeredTo: (standing) => may(standing, 'read-audit', standing.organizationId),
  run: (context, words) =>
    words.toLowerCase() === 'export' ? beginExport(context, 'audit') : list(context, { search: words }),
};

async function list(context: CommandContext, wanted: Wanted): Promise<Said> {
  const asked = askedOf(wanted);
  const page = await listEvents(context, { ...asked, size: pageSize });
  return { message: auditList(page, { ...asked, ...named(context) }, context.actor.timeZone) };
}

export const auditActions: Pick<ActionHandlers, 'audit'> = {
  audit: async (context, asked) => ({
    ...(await list(context, asked)),
    ...(asked.turn ? { replace: true } : {}),
  }),
};
