import type { CommandContext } from '../../src/commands/command.ts';
import { readAtMost } from '../../src/commands/given-file.ts';
import { Refusal } from '../../src/membership/refusal.ts';

/**
 * Fetches files people gave in forms. The bot's token goes with it, so only to Slack itself: its own hosts, or the one of
 * the Web API that was configured.
 */
export function createFileReader(options: { botToken: string; apiUrl: string }): CommandContext['readFile'] {
  const api = new URL(options.apiUrl);
  return async ({ url }, mostBytes) => {
    const notToBeHad = () => new Refusal('file-not-to-be-had', {});
    if (!isOfSlack(url, api)) throw notToBeHad();
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${options.botToken}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    });
    // Without the right to read it, Slack answers with its page to sign in.
    const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
    if (response.status !== 200 || isPage || !response.body) throw notToBeHad();
    return readAtMost(response.body, mostBytes);
  };
}

function isOfSlack(address: string, api: URL): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, hostname, username } = new URL(address);
  if (username !== '') return false;
  if (host === api.host && protocol === api.protocol) return true;
  return protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com'));
}
