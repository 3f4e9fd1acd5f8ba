/** An Adaptive Card, or a part of one, as plain JSON. */
export type CardElement = { type: string; [property: string]: unknown };

/** A whole card. */
export interface TeamsCard {
  type: 'AdaptiveCard';
  $schema: string;
  version: '1.5';
  body: CardElement[];
  actions?: CardElement[];
  msteams: { width: 'Full' };
}

/** What usher says: a card, and the sentence for notifications. */
export interface Outgoing {
  summary: string;
  card: TeamsCard;
}

/** A file, or the question whether somebody wants it: what Teams draws itself. */
export interface FileCard {
  summary: string;
  attachment: { contentType: string; name: string; contentUrl?: string; content: object };
}

/** A card with this body. */
export function cardOf(body: CardElement[], actions?: CardElement[]): TeamsCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body,
    ...(actions ? { actions } : {}),
    msteams: { width: 'Full' },
  };
}

/** One line of literal text: nothing in a text run becomes formatting, a link or a mention. */
export function line(inlines: CardElement[], spacing?: 'Small'): CardElement {
  return { type: 'RichTextBlock', inlines, ...(spacing ? { spacing } : {}) };
}

/** Text as it is. */
export function plain(text: string): CardElement {
  return { type: 'TextRun', text };
}

/** Text that stands out. */
export function bold(text: string): CardElement {
  return { ...plain(text), weight: 'Bolder' };
}

/** Text that keeps in the background. */
export function quiet(text: string): CardElement {
  return { ...plain(text), isSubtle: true, size: 'Small' };
}
