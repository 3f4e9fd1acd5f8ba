import type { webApi } from '@slack/bolt';
import type { Reply } from '../../src/commands/command.ts';
import type { ReportFault } from '../../src/commands/run-command.ts';
import { renderForm } from './render-form.ts';
import { renderMessage } from './render-message.ts';

/** Where an answer to one person can go. */
export interface Target {
  userId: string;
  /** Opens one dialog within three seconds. */
  triggerId?: string | undefined;
  /** Answers where the person asked, for them alone; five times within half an hour. */
  responseUrl?: string | undefined;
}

/** Gives people their answers: in place, else as a direct message. Nobody else sees them. */
export function createAnswerer(client: webApi.WebClient, report: ReportFault) {
  async function answer(target: Target, reply: Reply): Promise<void> {
    if ('form' in reply) {
      const carried = target.responseUrl ? { responseUrl: target.responseUrl } : {};
      await client.views.open({
        trigger_id: target.triggerId ?? '',
        view: renderForm(reply.form, carried),
      });
      return;
    }
    const message = renderMessage(reply.message);
    if (target.responseUrl && (await respond(target.responseUrl, message, reply.replace === true))) return;
    await client.chat.postMessage({ channel: target.userId, ...message, unfurl_links: false });
  }

  async function respond(url: string, message: object, replace: boolean): Promise<boolean> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ response_type: 'ephemeral', replace_original: replace, ...message }),
        signal: AbortSignal.timeout(10_000),
      });
      if (response.ok) return true;
      report(new Error(`response_url answered ${response.status}: ${await response.text()}`), 'slack');
    } catch (error) {
      report(error, 'slack');
    }
    return false;
  }

  return { answer };
}
