/**
 * Text from people as one line: control, formatting and space characters in a row become one space, and it is cut at
 * `length` characters. What is left can be stored, and shown beside other text.
 */
export function cleanLine(text: string, length: number): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return [...line].slice(0, length).join('').trim();
}
