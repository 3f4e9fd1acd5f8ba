/**
 * Text from people as one line: control, formatting and space characters in a row become one space, except the joiners
 * that some scripts and emoji are written with; cut at `length` characters. What is left can be stored and shown.
 */
export function cleanLine(text: string, length: number): string {
  const line = text
    .toWellFormed()
    .replace(/(?:[\p{Cc}\s]|(?![\u200C\u200D])\p{Cf})+/gu, ' ')
    .replace(/^[ \u200C\u200D]+|[ \u200C\u200D]+$/g, '');
  return [...line].slice(0, length).join('').trim();
}
