import type { Answers, Field, Fields, Form, Problems } from '../../src/commands/form.ts';
import { fillThisIn } from '../../src/messages/words.ts';
import { bold, type CardElement, cardOf, line, type Outgoing, plain, quiet, type TeamsCard } from './card.ts';
import { fitOptions, renderOption } from './fit-options.ts';
import { type Opener, opening } from './render-message.ts';

/** A form on its way: how it was opened, and after a submission that could not be taken, what was answered and why. */
export interface Filled {
  open: Opener;
  answers?: Answers<Fields>;
  problems?: Problems;
}

/** How big the card of a dialog may be; Teams takes 28 KB, with what is around it. */
const cardBytes = 24_000;

/** Draws a form as the card of a dialog, with as many choices as it holds. */
export function renderForm(form: Form, filled: Filled): TeamsCard {
  const within = (room: number) =>
    draw({ ...form, fields: fitOptions(form.fields, filled.answers ?? {}, room) }, filled);
  return within(cardBytes - Buffer.byteLength(JSON.stringify(within(0))));
}

/** A field's name is its input's id; problems stand above their fields. */
function draw(form: Form, { open, answers = {}, problems = {} }: Filled): TeamsCard {
  const fields = Object.entries(form.fields).flatMap(([name, field]) => [
    ...(problems[name] ? [line([{ ...plain(problems[name]), color: 'Attention' }])] : []),
    renderField(name, field, answers[name]),
    ...(field.kind !== 'file' && field.hint ? [line([quiet(field.hint)], 'Small')] : []),
  ]);
  const body = [...(form.intro ? [line([plain(form.intro)])] : []), ...fields];
  const data = { form: form.name, open };
  return cardOf(body, [{ type: 'Action.Submit', title: form.submit, data, style: 'positive' }]);
}

/** The card that stands for a form where none can be opened by itself: typed words have no dialog. */
export function renderFormOffer(form: Form, open: Opener): Outgoing {
  const button = { type: 'Action.Submit', title: form.title, style: 'positive', data: opening(open) };
  const body = [line([bold(form.title)]), ...(form.intro ? [line([plain(form.intro)])] : [])];
  return { summary: form.title, card: cardOf([...body, { type: 'ActionSet', actions: [button] }]) };
}

function renderField(id: string, field: Field, answer: Answers<Fields>[string]): CardElement {
  const common = { id, label: field.label, isRequired: !isOptional(field), errorMessage: fillThisIn };
  const value = Array.isArray(answer) ? answer.join(',') : typeof answer === 'string' ? answer : undefined;
  switch (field.kind) {
    case 'text':
      return {
        ...{ type: 'Input.Text', ...common },
        ...{ isMultiline: field.multiline === true, maxLength: field.maxLength },
        ...(field.placeholder ? { placeholder: field.placeholder } : {}),
        value: value ?? field.initial ?? '',
      };
    case 'date':
      return { type: 'Input.Date', ...common, value: value ?? field.initial ?? '' };
    case 'choice':
      return {
        ...{ type: 'Input.ChoiceSet', style: 'compact', ...common },
        choices: field.options.map(renderOption),
        value: value ?? field.initial ?? '',
      };
    case 'file':
      return line([quiet(field.elsewhere)], 'Small');
    case 'choices':
      return {
        ...{ type: 'Input.ChoiceSet', style: 'expanded', isMultiSelect: true, ...common },
        choices: field.options.map(renderOption),
        value: value ?? field.initial?.join(',') ?? '',
      };
  }
}

/** Of a choice that is made from the start nothing is missing, and nobody needs to be told so by a star. */
function isOptional(field: Field): boolean {
  if (field.kind === 'choice') return field.initial !== undefined;
  return field.kind === 'file' || field.optional === true;
}
