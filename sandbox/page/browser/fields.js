// @ts-check
import { drawAvatar } from './avatar.js';
import { h } from './element.js';
import { plainText } from './text.js';

/** @import { Checkboxes, DatePicker, Field, FileInput, Option, RadioButtons, Select, TextInput, UsersSelect } from './block-kit.d.ts' */
/** @import { DrawContext, FieldValue } from './sandbox.d.ts' */

/**
 * Where a field stands: the id its label points to, the attributes that tie it to hint and error, and what happens on change.
 *
 * @typedef {object} Place
 * @property {string} id
 * @property {string} blockId
 * @property {Record<string, unknown>} attributes
 * @property {DrawContext} context
 * @property {(value: FieldValue) => void} changed
 */

/** Whether a field is a group of boxes, labelled by a legend. @param {Field} field */
export function isGroup(field) {
  return ['radio_buttons', 'checkboxes', 'multi_static_select', 'multi_users_select'].includes(field.type);
}

/**
 * What the field holds now: what was typed before a redraw, else its initial value.
 *
 * @param {Field} field
 * @param {string} blockId
 * @param {DrawContext} context
 * @returns {FieldValue}
 */
export function currentValue(field, blockId, context) {
  const typed = context.values[blockId]?.[field.action_id];
  return typed === undefined ? initialValue(field) : typed;
}

/** @param {Field} field @returns {FieldValue} */
function initialValue(field) {
  switch (field.type) {
    case 'plain_text_input':
    case 'email_text_input':
      return field.initial_value || null;
    case 'datepicker':
      return field.initial_date ?? null;
    case 'static_select':
    case 'radio_buttons':
      return field.initial_option?.value ?? null;
    case 'checkboxes':
    case 'multi_static_select':
      return field.initial_options?.map(({ value }) => value) ?? [];
    case 'file_input':
      return [];
    case 'multi_users_select':
      return field.initial_users ?? [];
  }
}

/**
 * Draws any field and reports each change.
 *
 * @param {Field} field
 * @param {Place} place
 * @returns {HTMLElement}
 */
export function drawField(field, place) {
  switch (field.type) {
    case 'plain_text_input':
    case 'email_text_input':
      return drawTextInput(field, place);
    case 'datepicker':
      return drawDatePicker(field, place);
    case 'file_input':
      return drawFileInput(field, place);
    case 'static_select':
      return drawSelect(field, place);
    case 'radio_buttons':
      return drawBoxes('radio', field, field.options, place);
    case 'checkboxes':
    case 'multi_static_select':
      return drawBoxes('checkbox', field, field.options, place);
    case 'multi_users_select':
      return drawBoxes('checkbox', field, place.context.people().map(personOption), place);
  }
}

/**
 * @param {TextInput} field
 * @param {Place} place
 */
function drawTextInput(field, { id, blockId, attributes, context, changed }) {
  const isEmail = field.type === 'email_text_input';
  const input = h(field.multiline ? 'textarea' : 'input', {
    id,
    class: 'field',
    type: field.multiline ? undefined : isEmail ? 'email' : 'text',
    rows: field.multiline ? 4 : undefined,
    placeholder: field.placeholder && plainText(field.placeholder),
    maxlength: field.max_length,
    autocomplete: 'off',
    'data-focus': `${context.scope}/${blockId}/${field.action_id}`,
    oninput: () => changed(input.value === '' ? null : input.value),
    ...attributes,
  });
  input.value = [currentValue(field, blockId, context) ?? ''].flat().join('');
  return input;
}

/**
 * @param {DatePicker} field
 * @param {Place} place
 */
function drawDatePicker(field, { id, blockId, attributes, context, changed }) {
  const input = h('input', {
    id,
    class: 'field',
    type: 'date',
    'data-focus': `${context.scope}/${blockId}/${field.action_id}`,
    oninput: () => changed(input.value === '' ? null : input.value),
    ...attributes,
  });
  input.value = [currentValue(field, blockId, context) ?? ''].flat().join('');
  return input;
}

/**
 * A file goes to Slack as soon as it is chosen; the field holds its id.
 *
 * @param {FileInput} field
 * @param {Place} place
 */
function drawFileInput(field, { id, blockId, attributes, context, changed }) {
  const types = (field.filetypes ?? []).map((type) => `.${type}`).join(',');
  const said = h('span', { class: 'muted', role: 'status' });
  const onchange = async () => {
    const [file] = input.files ?? [];
    changed(file ? [await context.giveFile(file)] : []);
    said.textContent = file ? `${file.name} is ready to be sent.` : '';
  };
  const input = h('input', {
    id,
    type: 'file',
    accept: types || undefined,
    'data-focus': `${context.scope}/${blockId}/${field.action_id}`,
    onchange: () => void onchange(),
    ...attributes,
  });
  return h('div', { class: 'file-field' }, input, said);
}

/**
 * @param {Select} field
 * @param {Place} place
 */
function drawSelect(field, { id, blockId, attributes, context, changed }) {
  const value = currentValue(field, blockId, context);
  /** @param {Option} option */
  const drawOption = (option) =>
    h('option', { value: option.value, selected: option.value === value }, plainText(option.text));
  const select = h(
    'select',
    {
      id,
      class: 'field',
      'data-focus': `${context.scope}/${blockId}/${field.action_id}`,
      onchange: () => changed(select.value || null),
      ...attributes,
    },
    h('option', { value: '' }, field.placeholder ? plainText(field.placeholder) : 'Choose an option'),
    ...(field.option_groups ?? []).map((group) =>
      h('optgroup', { label: plainText(group.label) }, ...group.options.map(drawOption)),
    ),
    ...(field.options ?? []).map(drawOption),
  );
  return select;
}

/**
 * @param {'radio' | 'checkbox'} type
 * @param {RadioButtons | Checkboxes | UsersSelect} field
 * @param {Option[]} options
 * @param {Place} place
 */
function drawBoxes(type, field, options, { id, blockId, attributes, context, changed }) {
  const chosen = [currentValue(field, blockId, context)].flat();
  const box = h('div', { id, class: options.length > 6 ? 'boxes long' : 'boxes', ...attributes });
  const read = () => {
    const checked = [...box.querySelectorAll('input:checked')].map(
      (input) => input.getAttribute('value') ?? '',
    );
    changed(type === 'radio' ? (checked[0] ?? null) : checked);
  };
  for (const option of options) {
    const input = h('input', {
      type,
      name: id,
      value: option.value,
      checked: chosen.includes(option.value),
      'data-focus': `${context.scope}/${blockId}/${field.action_id}/${option.value}`,
      onchange: read,
    });
    box.append(
      h('label', { class: 'box' }, input, ...drawOptionText(option, field.type === 'multi_users_select')),
    );
  }
  return box;
}

/**
 * @param {Option} option
 * @param {boolean} isPerson
 */
function drawOptionText(option, isPerson) {
  const name = plainText(option.text);
  const description = option.description && plainText(option.description);
  return [
    isPerson && drawAvatar(name, 'tiny'),
    h('span', {}, name, description && h('span', { class: 'muted description' }, ` ${description}`)),
  ];
}

/**
 * @param {{ id: string, realName: string, email: string }} person
 * @returns {Option}
 */
function personOption({ id, realName, email }) {
  return {
    value: id,
    text: { type: 'plain_text', text: realName, emoji: false },
    description: { type: 'plain_text', text: email, emoji: false },
  };
}
