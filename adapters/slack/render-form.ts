import type { types } from '@slack/bolt';
import type { Field, Form, Option } from '../../src/commands/form.ts';

/** What travels with an open dialog and comes back signed: which form it is, and where to answer. */
export interface Carried {
  responseUrl?: string;
}

/** Draws a form as a modal. A field's name is its block id, so problems can be shown beside it. */
export function renderForm(form: Form, carried: Carried): types.ModalView {
  const fields = Object.entries(form.fields).map(([name, field]) => renderField(name, field));
  return {
    type: 'modal',
    callback_id: form.name,
    private_metadata: JSON.stringify(carried),
    title: text(form.title),
    submit: text(form.submit),
    close: text('Cancel'),
    blocks: [...(form.intro ? [{ type: 'section' as const, text: text(form.intro) }] : []), ...fields],
  };
}

/** The one action id of every field: its block id says which it is. */
export const answerId = 'answer';

function renderField(name: string, field: Field): types.InputBlock {
  return {
    type: 'input',
    block_id: name,
    label: text(field.label),
    element: renderElement(field),
    optional: field.kind === 'file' || (field.kind !== 'choice' && field.optional !== undefined),
    ...(field.hint ? { hint: text(field.hint) } : {}),
  };
}

function renderElement(field: Field): types.InputBlock['element'] {
  switch (field.kind) {
    case 'text':
      return {
        type: 'plain_text_input',
        action_id: answerId,
        multiline: field.multiline === true,
        max_length: field.maxLength,
        ...(field.placeholder ? { placeholder: text(field.placeholder) } : {}),
        ...(field.initial ? { initial_value: field.initial } : {}),
      };
    case 'date':
      return {
        type: 'datepicker',
        action_id: answerId,
        ...(field.initial ? { initial_date: field.initial } : {}),
      };
    case 'choice': {
      const initial = field.options.find((option) => option.value === field.initial);
      return {
        type: 'static_select',
        action_id: answerId,
        options: field.options.map(renderOption),
        ...(initial ? { initial_option: renderOption(initial) } : {}),
      };
    }
    case 'file':
      return { type: 'file_input', action_id: answerId, filetypes: [...field.types], max_files: 1 };
    case 'choices': {
      const initial = field.options.filter((option) => field.initial?.includes(option.value));
      return {
        type: 'multi_static_select',
        action_id: answerId,
        options: field.options.map(renderOption),
        ...(initial.length > 0 ? { initial_options: initial.map(renderOption) } : {}),
      };
    }
  }
}

function renderOption(option: Option): types.PlainTextOption {
  return { text: text(option.label), value: option.value };
}

function text(value: string): types.PlainTextElement {
  return { type: 'plain_text', text: value, emoji: false };
}
