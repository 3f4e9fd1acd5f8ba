import type { Card, FieldValue, FieldValues } from './types.ts';

/** An input of a card, as JSON. */
interface Input {
  type: string;
  id: string;
  label?: string;
  title?: string;
  value?: string;
  maxLength?: number;
  isMultiSelect?: boolean;
  choices?: { title: string; value: string }[];
  valueOn?: string;
  valueOff?: string;
}

/** A card with something typed in, what its inputs hold by id, and what is too long for them. */
export interface Filled {
  card: Card;
  values: Record<string, string>;
  errors: Record<string, string>;
}

/** Types into a copy of the card. Throws when a key names no input, or a value is not among its choices. */
export function fillCard(original: Card, typed: FieldValues): Filled {
  const card = structuredClone(original);
  const inputs = inputsOf(card);
  for (const [key, value] of Object.entries(typed)) {
    const found = inputs.find((one) => one.id === key) ?? inputs.find((one) => one.label === key);
    if (!found) {
      const known = inputs.map((one) => `${one.label ?? one.title} (${one.id})`).join(', ');
      throw new Error(`"${key}" names no field; the fields are: ${known || 'none'}.`);
    }
    found.value = typedValue(found, value);
  }
  const tooLong = inputs.filter(({ value = '', maxLength = value.length }) => value.length > maxLength);
  return {
    card,
    values: Object.fromEntries(inputs.map(({ id, value = '' }) => [id, value])),
    errors: Object.fromEntries(
      tooLong.map(({ id, maxLength }) => [id, `Enter at most ${maxLength} characters.`]),
    ),
  };
}

/** Every input of a card, from top to bottom. */
function inputsOf(card: Card): Input[] {
  const found: Input[] = [];
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(walk);
    else if (typeof part === 'object' && part !== null) {
      const { type, data: _, ...rest } = part as Record<string, unknown>;
      if (typeof type === 'string' && type.startsWith('Input.')) found.push(part as Input);
      else Object.values(rest).forEach(walk);
    }
  };
  walk([card.body, card.actions]);
  return found;
}

function typedValue(input: Input, value: FieldValue): string {
  if (input.type === 'Input.Toggle') {
    const { valueOn = 'true', valueOff = 'false' } = input;
    return value === true || value === valueOn ? valueOn : valueOff;
  }
  const entered = value === null || value === '' ? [] : [value].flat().map(String);
  if (input.type !== 'Input.ChoiceSet') return entered.join('\n');
  return entered.flatMap((one) => picks(input, one)).join(',');
}

/** Where several may be chosen, a text may be several values, as the client itself writes them. */
function picks(input: Input, wanted: string): string[] {
  const isOne = input.choices?.some(({ title, value }) => [title, value].includes(wanted));
  return input.isMultiSelect && !isOne
    ? wanted.split(',').map((one) => pick(input, one))
    : [pick(input, wanted)];
}

function pick({ choices = [] }: Input, wanted: string): string {
  const found = choices.find((one) => one.value === wanted) ?? choices.find((one) => one.title === wanted);
  if (found) return found.value;
  throw new Error(`No choice "${wanted}"; there are: ${choices.map((one) => one.title).join(', ')}.`);
}
