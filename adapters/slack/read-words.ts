/**
 * What somebody typed after the command, as they typed it: Slack turns addresses and links into `<…|…>` and escapes
 * three characters. Mentions stay as `<@U…>`, for only Slack knows who that is.
 */
export function readWords(text: string): string {
  return text
    .replace(/<(?:mailto|https?|tel):[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<(?:mailto:)?([^@#!|>][^|>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
