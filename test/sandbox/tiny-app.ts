import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, ExpressReceiver, LogLevel } from '@slack/bolt';
import type { PretendSlack } from '../../sandbox/slack/pretend-slack.ts';

/** A Bolt app without listeners, connected to the pretend Slack; it retries nothing. */
export async function createTinyApp(slack: PretendSlack): Promise<{ app: App; stop(): Promise<void> }> {
  const quiet = { logLevel: LogLevel.ERROR, logger: silence() };
  const receiver = new ExpressReceiver({ signingSecret: slack.signingSecret, ...quiet });
  const app = new App({
    receiver,
    token: slack.botToken,
    clientOptions: {
      slackApiUrl: slack.apiUrl,
      timeout: 1000,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
    // Without this the constructor asks auth.test in the background, and its failure is an unhandled rejection.
    deferInitialization: true,
    ...quiet,
  });
  await app.init();
  const server = createServer(receiver.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  slack.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { app, stop };
}

function silence() {
  const nothing = () => undefined;
  return {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    setLevel: nothing,
    getLevel: () => LogLevel.ERROR,
    setName: nothing,
  };
}
