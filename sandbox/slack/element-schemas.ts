import { z } from 'zod';

/** The texts and elements inside blocks: exactly those usher draws, with Slack's limits. */

export const id = z.string().min(1).max(255);
export const plainText = (max = 3000) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });
export const markdownText = (max = 3000) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  });
export const anyText = (max = 3000) => z.discriminatedUnion('type', [plainText(max), markdownText(max)]);
export const link = z
  .string()
  .max(3000)
  .regex(/^(https?|mailto):/, 'invalid url');

const style = z.enum(['primary', 'danger']).optional();
const confirm = z
  .strictObject({
    title: plainText(100).optional(),
    text: anyText(300),
    confirm: plainText(30).optional(),
    deny: plainText(30).optional(),
    style,
  })
  .optional();
const option = z.strictObject({
  text: anyText(75),
  value: z.string().min(1).max(75),
  description: anyText(75).optional(),
});
const plainOption = option.extend({ text: plainText(75), description: plainText(75).optional() });
const optionGroup = z.strictObject({ label: plainText(75), options: z.array(plainOption).min(1).max(100) });

export const image = z.strictObject({
  type: z.literal('image'),
  image_url: link,
  alt_text: z.string().min(1).max(2000),
});
const button = z.strictObject({
  type: z.literal('button'),
  action_id: id.optional(),
  text: plainText(75),
  value: z.string().max(2000).optional(),
  url: link.optional(),
  style,
  confirm,
  accessibility_label: z.string().max(75).optional(),
});
const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: id.optional(),
  options: z
    .array(plainOption.extend({ url: link.optional() }))
    .min(1)
    .max(5),
  confirm,
});

const field = { action_id: id.optional(), focus_on_load: z.boolean().optional() };
const placeholder = plainText(150).optional();
const offered = (options: { value: string }[], chosen: { value: string }[]) =>
  chosen.every((one) => options.some((other) => other.value === one.value));
const notOffered = 'initial option must be one of the options';

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...field,
    placeholder,
    options: z.array(plainOption).min(1).max(100).optional(),
    option_groups: z.array(optionGroup).min(1).max(100).optional(),
    initial_option: plainOption.optional(),
    confirm,
  })
  .refine((it) => !it.options !== !it.option_groups, 'must have either options or option_groups')
  .refine((it) => offered(optionsOf(it), it.initial_option ? [it.initial_option] : []), notOffered);
const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...field,
    options: z.array(option).min(1).max(10),
    initial_option: option.optional(),
    confirm,
  })
  .refine((it) => offered(it.options, it.initial_option ? [it.initial_option] : []), notOffered);
const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...field,
    options: z.array(option).min(1).max(10),
    initial_options: z.array(option).min(1).max(10).optional(),
    confirm,
  })
  .refine((it) => offered(it.options, it.initial_options ?? []), notOffered);
const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...field,
    placeholder,
    options: z.array(plainOption).min(1).max(100),
    initial_options: z.array(plainOption).min(1).max(100).optional(),
    max_selected_items: z.number().int().min(1).optional(),
    confirm,
  })
  .refine((it) => offered(it.options, it.initial_options ?? []), notOffered);
const multiUsersSelect = z.strictObject({
  type: z.literal('multi_users_select'),
  ...field,
  placeholder,
  initial_users: z.array(id).min(1).optional(),
  max_selected_items: z.number().int().min(1).optional(),
  confirm,
});
const dispatchConfig = z
  .strictObject({
    trigger_actions_on: z
      .array(z.enum(['on_enter_pressed', 'on_character_entered']))
      .min(1)
      .optional(),
  })
  .optional();
const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...field,
  placeholder,
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().int().min(0).max(3000).optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
  dispatch_action_config: dispatchConfig,
});
const datePicker = z.strictObject({
  type: z.literal('datepicker'),
  ...field,
  placeholder,
  initial_date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date YYYY-MM-DD')
    .optional(),
  confirm,
});
const emailTextInput = z.strictObject({
  type: z.literal('email_text_input'),
  ...field,
  placeholder,
  initial_value: z.string().optional(),
  dispatch_action_config: dispatchConfig,
});

const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id: id.optional(),
  filetypes: z.array(z.string().min(1)).min(1).optional(),
  max_files: z.number().int().min(1).max(10).optional(),
});

const choices = [staticSelect, multiStaticSelect, radioButtons, checkboxes, multiUsersSelect] as const;
export const clickable = z.discriminatedUnion('type', [button, overflow, ...choices]);
export const accessory = z.discriminatedUnion('type', [image, button, overflow, ...choices]);
export const inputElement = z.discriminatedUnion('type', [
  plainTextInput,
  emailTextInput,
  datePicker,
  fileInput,
  ...choices,
]);

export type Option = z.infer<typeof option>;
/** Everything interactive that can stand in a block. */
export type Element = z.infer<typeof clickable> | z.infer<typeof inputElement>;

/** The options of a menu, those inside groups included. */
export function optionsOf(menu: {
  options?: Option[] | undefined;
  option_groups?: { options: Option[] }[] | undefined;
}): Option[] {
  return [...(menu.options ?? []), ...(menu.option_groups ?? []).flatMap((group) => group.options)];
}
