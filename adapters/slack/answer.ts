import type { types, webApi } from '@slack/bolt';
import type { Reply } from '../../src/commands/command.ts';
import type { ReportFault } from '../../src/commands/run-command.ts';
import { tooLateMessage } from '../../src/messages/refusals.ts';
import { platformError } from './client.ts';
import { renderForm } from './render-form.ts';
import { renderBlocks, renderMessage } from './render-message.ts';

/** Where an answer to one person can go. */
export interface Target {
  userId: string;
  /** Opens one dialog within three seconds. */
  triggerId?: string | undefined;
  /** Answers where the person asked, for them alone; five times within half an hour. */
  responseUrl?: string | undefined;
  /** Others see what was pressed: it stays as it is, and only the presser sees the answer. */
  isShared?: boolean;
  /** They opened the app's home, or pressed a button there: it is drawn anew instead of a message. */
  onHome?: 'opened' | 'pressed';
}

const lateTrigger = new Set(['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id']);

/** Gives people their answers: in place, else as a direct message. Nobody else sees them. */
export function createAnswerer(client: webApi.WebClient, report: ReportFault) {
  async function answer(target: Target, reply: Reply): Promise<void> {
    if ('form' in reply) {
      const carried = target.responseUrl ? { responseUrl: target.responseUrl } : {};
      const opened = await openForm(target, renderForm(reply.form, carried));
      if (opened) return;
      return answer(target, { message: tooLateMessage() });
    }
    if (target.onHome === 'opened' || (target.onHome === 'pressed' && reply.replace)) {
      const view = { type: 'home' as const, blocks: renderBlocks(reply.message) };
      await client.views.publish({ user_id: target.userId, view });
      return;
    }
    const message = renderMessage(reply.message);
    if (
      target.responseUrl &&
      (await respond(target.responseUrl, message, reply.replace === true && !target.isShared))
    )
      return;
    await client.chat.postMessage({ channel: target.userId, ...message, unfurl_links: false });
  }

  /** False when Slack did not open it, mostly because the trigger of the press had run out: it lives three seconds. */
  async function openForm(target: Target, view: types.ModalView): Promise<boolean> {
    try {
      await client.views.open({ trigger_id: target.triggerId ?? '', view });
      return true;
    } catch (error) {
      if (!lateTrigger.has(platformError(error) ?? '')) report(error, 'slack');
      return false;
    }
  }

  async function respond(url: string, message: object, replace: boolean): Promise<boolean> {
    const where = replace
      ? { replace_original: true }
      : { response_type: 'ephemeral', replace_original: false };
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...where, ...message }),
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
