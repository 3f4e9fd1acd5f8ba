import { webApi } from '@slack/bolt';
import { RateLimited, Undeliverable } from '../../src/messages/messenger.ts';

const { WebAPIPlatformError, WebAPIRateLimitedError } = webApi;

/**
 * How usher calls Slack: one attempt, which may take so long. Slack's own defaults retry a post whose answer was lost, and
 * people would get it twice.
 */
export function clientOptions(slackApiUrl: string, patienceMs: number): webApi.WebClientOptions {
  return { slackApiUrl, timeout: patienceMs, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
}

/** Errors that another attempt would only repeat. */
const permanent = new Set([
  'account_inactive',
  'cannot_dm_bot',
  'cant_update_message',
  'channel_not_found',
  'edit_window_closed',
  'invalid_blocks',
  'is_archived',
  'message_not_found',
  'msg_too_long',
  'not_in_channel',
  'restricted_action',
  'user_disabled',
  'user_not_found',
]);

/** Calls Slack and speaks of failures in usher's words: `RateLimited`, `Undeliverable`, or the error as it is. */
export async function call<Result>(request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof WebAPIRateLimitedError) throw new RateLimited(error.retryAfter);
    const code = platformError(error);
    if (code === 'ratelimited') throw new RateLimited(30);
    if (code !== undefined && permanent.has(code)) throw new Undeliverable(`Slack says ${code}`);
    throw error;
  }
}

/** The `error` of an answer that is not ok. */
export function platformError(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}
