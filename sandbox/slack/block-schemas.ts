import { z } from 'zod';
import {
  accessory,
  anyText,
  clickable,
  id,
  image,
  inputElement,
  link,
  markdownText,
  plainText,
} from './element-schemas.ts';

/** Exactly the blocks usher draws, with Slack's limits; anything else is refused as Slack refuses a misspelt block. */

const textStyle = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
    underline: z.boolean().optional(),
  })
  .optional();
const richLeaf = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1), style: textStyle }),
  z.strictObject({ type: z.literal('link'), url: link, text: z.string().optional(), style: textStyle }),
  z.strictObject({ type: z.literal('user'), user_id: id, style: textStyle }),
  z.strictObject({ type: z.literal('channel'), channel_id: id, style: textStyle }),
  z.strictObject({ type: z.literal('emoji'), name: z.string().min(1) }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.number().int(),
    format: z.string().min(1),
    url: link.optional(),
    fallback: z.string().optional(),
    style: textStyle,
  }),
]);
const richSection = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(richLeaf) });
const border = z.number().int().min(0).max(1).optional();
const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: id.optional(),
  elements: z
    .array(
      z.discriminatedUnion('type', [
        richSection,
        z.strictObject({
          type: z.literal('rich_text_list'),
          style: z.enum(['bullet', 'ordered']),
          elements: z.array(richSection).min(1),
          indent: z.number().int().min(0).max(8).optional(),
          offset: z.number().int().min(0).optional(),
          border,
        }),
        z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(richLeaf), border }),
        z.strictObject({ type: z.literal('rich_text_preformatted'), elements: z.array(richLeaf), border }),
      ]),
    )
    .min(1),
});

const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().min(1) }),
  richText,
]);
const column = z.strictObject({
  align: z.enum(['left', 'center', 'right']).optional(),
  is_wrapped: z.boolean().optional(),
});

/** One layout block of a message, modal or home tab. */
export const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), block_id: id.optional(), text: plainText(150) }),
  z
    .strictObject({
      type: z.literal('section'),
      block_id: id.optional(),
      text: anyText().optional(),
      fields: z.array(anyText(2000)).min(1).max(10).optional(),
      accessory: accessory.optional(),
      expand: z.boolean().optional(),
    })
    .refine((it) => it.text || it.fields, 'must have text or fields'),
  z.strictObject({
    type: z.literal('context'),
    block_id: id.optional(),
    elements: z
      .array(z.discriminatedUnion('type', [plainText(), markdownText(), image]))
      .min(1)
      .max(10),
  }),
  z.strictObject({ type: z.literal('divider'), block_id: id.optional() }),
  z.strictObject({
    type: z.literal('actions'),
    block_id: id.optional(),
    elements: z.array(clickable).min(1).max(25),
  }),
  z.strictObject({
    type: z.literal('input'),
    block_id: id.optional(),
    label: plainText(2000),
    element: inputElement,
    hint: plainText(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  }),
  richText,
  z.strictObject({
    type: z.literal('table'),
    block_id: id.optional(),
    rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
    column_settings: z.array(column.nullable()).max(20).optional(),
  }),
]);

const blocks = z.array(block).max(100);
const metadata = {
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
};
/** A modal or home tab as usher sends it. */
export const view = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('modal'),
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    blocks,
    ...metadata,
    external_id: z.string().max(255).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('home'),
    blocks,
    ...metadata,
    external_id: z.string().max(255).optional(),
  }),
]);

export type Block = z.infer<typeof block>;
