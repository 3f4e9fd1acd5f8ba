import type { Message } from '../../src/messages/message.ts';

/** Draws a message as a whole page. Everything people wrote is text in it; buttons are not drawn. */
export function renderPage({ summary, body = [], facts = [] }: Message): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${escapeHtml(summary)}</title>
<h1>${escapeHtml(summary)}</h1>
${body.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')}
<dl>${facts.map(({ label, value }) => `<dt>${escapeHtml(label)}<dd>${escapeHtml(value)}`).join('\n')}</dl>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
