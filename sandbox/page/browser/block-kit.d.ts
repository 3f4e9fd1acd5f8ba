/** The part of Slack's Block Kit this page draws. */

export type Text = { type: 'plain_text' | 'mrkdwn'; text: string; emoji?: boolean; verbatim?: boolean };
export type Option = { text: Text; value: string; description?: Text; url?: string };
type OptionGroup = { label: Text; options: Option[] };
export type Confirm = {
  title?: Text;
  text: Text;
  confirm?: Text;
  deny?: Text;
  style?: 'primary' | 'danger';
};

export type Button = {
  type: 'button';
  action_id: string;
  text: Text;
  value?: string;
  url?: string;
  style?: 'primary' | 'danger';
  confirm?: Confirm;
  accessibility_label?: string;
};
export type Overflow = { type: 'overflow'; action_id: string; options: Option[]; confirm?: Confirm };
type Image = { type: 'image'; image_url?: string; alt_text: string };

type Named<T extends string> = { type: T; action_id: string; confirm?: Confirm };
export type TextInput = Named<'plain_text_input' | 'email_text_input'> & {
  placeholder?: Text;
  initial_value?: string;
  multiline?: boolean;
  min_length?: number;
  max_length?: number;
};
export type DatePicker = Named<'datepicker'> & { initial_date?: string };
export type Select = Named<'static_select'> & {
  placeholder?: Text;
  options?: Option[];
  option_groups?: OptionGroup[];
  initial_option?: Option;
};
export type RadioButtons = Named<'radio_buttons'> & { options: Option[]; initial_option?: Option };
export type Checkboxes = Named<'checkboxes' | 'multi_static_select'> & {
  options: Option[];
  initial_options?: Option[];
};
export type UsersSelect = Named<'multi_users_select'> & {
  placeholder?: Text;
  initial_users?: string[];
  max_selected_items?: number;
};
export type FileInput = Named<'file_input'> & { filetypes?: string[]; max_files?: number };
export type Field = FileInput | TextInput | DatePicker | Select | RadioButtons | Checkboxes | UsersSelect;
export type Element = Button | Overflow | Image | Field;

type TextStyle = {
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  code?: boolean;
  underline?: boolean;
};
export type RichLeaf = { style?: TextStyle } & (
  | { type: 'text'; text: string }
  | { type: 'link'; url: string; text?: string }
  | { type: 'user'; user_id: string }
  | { type: 'channel'; channel_id: string }
  | { type: 'emoji'; name: string }
  | { type: 'date'; timestamp: number; format: string; fallback?: string; url?: string }
);
type RichSection = { type: 'rich_text_section'; elements: RichLeaf[] };
export type RichPart =
  | RichSection
  | { type: 'rich_text_preformatted'; elements: RichLeaf[] }
  | { type: 'rich_text_quote'; elements: RichLeaf[] }
  | {
      type: 'rich_text_list';
      style: 'bullet' | 'ordered';
      indent?: number;
      offset?: number;
      elements: RichSection[];
    };
export type RichText = { type: 'rich_text'; block_id?: string; elements: RichPart[] };

export type Cell =
  | { type: 'raw_text'; text: string }
  | { type: 'raw_number'; value: number; text: string }
  | RichText;
export type Table = {
  type: 'table';
  block_id?: string;
  rows: Cell[][];
  column_settings?: ({ align?: 'left' | 'center' | 'right'; is_wrapped?: boolean } | null)[];
};
export type Input = {
  type: 'input';
  block_id?: string;
  label: Text;
  element: Field;
  hint?: Text;
  optional?: boolean;
  dispatch_action?: boolean;
};
export type Block =
  | { type: 'header'; block_id?: string; text: Text }
  | { type: 'section'; block_id?: string; text?: Text; fields?: Text[]; accessory?: Element }
  | { type: 'context'; block_id?: string; elements: (Text | Image)[] }
  | { type: 'divider'; block_id?: string }
  | { type: 'actions'; block_id?: string; elements: Element[] }
  | Input
  | RichText
  | Table;

export type View = {
  type: 'modal' | 'home';
  callback_id?: string;
  title?: Text;
  submit?: Text;
  close?: Text;
  blocks: Block[];
};
