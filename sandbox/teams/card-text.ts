type Node = Record<string, unknown>;

/** Everything a person sees of an Adaptive Card, as text: what the eyes read, in order, and ` [Label]` for its buttons. */
export function textOfCard(card: object): string {
  const { body, actions } = card as { body?: unknown; actions?: unknown };
  return [...linesOf(body), buttonsOf(actions)]
    .filter((line) => line !== '')
    .join('\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
}

function linesOf(part: unknown): string[] {
  if (!Array.isArray(part)) return [];
  return part.flatMap((element: Node) => (element.isVisible === false ? [] : readElement(element)));
}

function readElement(element: Node): string[] {
  switch (element.type) {
    case 'TextBlock':
      return [textIn(element.text)];
    case 'CodeBlock':
      return [textIn(element.codeSnippet)];
    case 'RichTextBlock':
      return [nodes(element.inlines).map(readInline).join('')];
    case 'FactSet':
      return nodes(element.facts).map(({ title, value }) => {
        return `${textIn(title).replace(/:?\s*$/, ':')} ${textIn(value)}`;
      });
    case 'ActionSet':
      return [buttonsOf(element.actions)];
    case 'ColumnSet':
      return nodes(element.columns).flatMap(({ items }) => linesOf(items));
    case 'Table':
      return nodes(element.rows).map(({ cells }) =>
        nodes(cells)
          .flatMap(({ items }) => linesOf(items))
          .join(' '),
      );
    default:
      return [textIn(element.label), ...linesOf(element.items)];
  }
}

function readInline(inline: Node | string): string {
  return typeof inline === 'string' ? inline : textIn(inline.text);
}

function buttonsOf(actions: unknown): string {
  return nodes(actions)
    .map(({ title }) => ` [${textIn(title)}]`)
    .join('');
}

function nodes(part: unknown): Node[] {
  return Array.isArray(part) ? part : [];
}

function textIn(text: unknown): string {
  return typeof text === 'string' ? text : '';
}
