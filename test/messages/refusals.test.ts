import { expect, test } from 'vitest';
import type { Message } from '../../src/messages/message.ts';
import { refusalMessage } from '../../src/messages/refusals.ts';
import { everyMessage } from './every-message.ts';
import { everyRefusal, refusalCodes } from './every-refusal.ts';

/** Everything that somebody reads, without what buttons carry. */
function readable({ buttons, rows, ...message }: Message): string {
  const labels = [...(buttons ?? []), ...(rows ?? []).flatMap((row) => row.buttons ?? [])].map(
    ({ label }) => label,
  );
  const lines = (rows ?? []).flatMap(({ title, detail }) => [title, detail ?? '']);
  return [JSON.stringify(message), ...labels, ...lines].join('\n');
}

const rawIds = /\b(acc|org|mem|inv|bat|dra|aud)_[0-9a-f]/;
const leaks = /undefined|null|NaN|\[object|Invalid Date/;

test.each(everyRefusal('Payments').map((refusal) => [refusal.code, refusal] as const))(
  '%s is refused in sentences that say what to do',
  (code, refusal) => {
    const { summary, body = [], buttons = [] } = refusalMessage(refusal);
    expect(summary).toMatch(/^\p{Lu}.*\.$|^usher .*\.$/u);
    expect(body.length + buttons.length, 'says the rule, and who can do it instead').toBeGreaterThan(0);
    for (const line of body) expect(line).toMatch(/[.":]$|type: \/usher .+$|example: \/usher .+$/);
    expect([summary, ...body].join(' ')).not.toContain(code.includes('-') ? code : '\u0000');
  },
);

test('no refusal and no message shows a code, an id or a hole', () => {
  const messages = [
    ...everyRefusal('Payments').map((refusal): [string, Message] => [refusal.code, refusalMessage(refusal)]),
    ...everyMessage('Payments'),
  ];
  for (const [name, message] of messages) {
    const text = readable(message);
    expect(text, name).not.toMatch(rawIds);
    expect(text, name).not.toMatch(leaks);
    for (const code of refusalCodes.filter((one) => one.includes('-')))
      expect(text, name).not.toContain(code);
    expect(text, name).not.toMatch(
      /billing-manager|account-admin|invite-admin|manage-invitations|see-members|change-role|grant-admin/,
    );
  }
});
