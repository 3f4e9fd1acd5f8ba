import type { Shown } from '../../../sandbox/slack/types.ts';
import type { TestWorld } from '../../world.ts';

/** Presses a button that usher never drew: somebody's newest message, with this value in a button on it. */
export async function pressForged(world: TestWorld, who: string, value: unknown): Promise<unknown> {
  const seen = world.messages(who).at(-1) ?? (await emptyMessage(world, who));
  const button = {
    type: 'button' as const,
    action_id: 'forged',
    text: { type: 'plain_text' as const, text: 'Forged' },
    ...(value === undefined ? {} : { value: typeof value === 'string' ? value : JSON.stringify(value) }),
  };
  const message = { ...seen, blocks: [{ type: 'actions' as const, elements: [button] }] };
  return world.slack.press(who, message, 'Forged');
}

async function emptyMessage(world: TestWorld, who: string): Promise<Shown> {
  const channel = await world.slack.openDirectMessage(who);
  return { ts: '1.000001', channel, user: world.slack.botUserId, userName: 'usher', text: '', blocks: [] };
}
