import { z } from 'zod';
import { pressButton } from '../../src/commands/run-command.ts';
import { action } from '../../src/messages/action.ts';
import { staleMessage } from '../../src/messages/refusals.ts';
import type { Inbound } from './activity.ts';
import { type Answerer, targetOf } from './answer.ts';
import { verb } from './render-message.ts';
import type { Turns } from './turn.ts';

const executed = z.object({
  action: z.object({ verb: z.literal(verb), data: z.object({ action }) }),
});

/**
 * Does what a button on a card that several people see carries, as whoever pressed it. The answer to the press is a
 * sentence for them alone; what does not fit into one goes to their own chat. The card stays as it is for everybody.
 */
export async function execute(turns: Turns, answerer: Answerer, inbound: Inbound): Promise<object> {
  const { data } = executed.safeParse(inbound.value);
  const reply = await turns.replyTo(inbound, async (context) =>
    data ? pressButton(context, data.action.data.action, turns.report) : { message: staleMessage() },
  );
  const said = isShort(reply) ? reply.message : await answerer.answerAside(targetOf(inbound), reply);
  return {
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value: [said.summary, ...(said.body ?? [])].join('\n'),
  };
}

type Reply = Awaited<ReturnType<Turns['replyTo']>>;
type Short = Extract<Reply, { message: unknown }>;

/** Whether words say all of it: nothing to press, to copy or to read in a table. */
function isShort(reply: Reply): reply is Short {
  if (!reply || !('message' in reply)) return false;
  const { facts, rows, code, buttons } = reply.message;
  return ![facts, rows, code, buttons].some((part) => part !== undefined && part.length > 0);
}
