import type { Refusal, RefusalCode } from '../membership/refusal.ts';
import { refusalMessage } from '../messages/refusals.ts';

/** What an operation would refuse, beside the field of the form that it is about. */
export function besideField<Code extends RefusalCode>(refusal: Refusal<Code>): string {
  const { summary, body = [] } = refusalMessage(refusal);
  return [summary, ...body].join(' ');
}
