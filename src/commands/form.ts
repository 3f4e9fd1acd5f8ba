import type { GivenFile } from './given-file.ts';

/** What a form can ask. Both platforms draw every kind; a renderer's switch over it has no default. */
export type Field =
  | {
      kind: 'text';
      label: string;
      hint?: string;
      placeholder?: string;
      multiline?: true;
      /** It may be left empty; or only where the form takes a file in its place. */
      optional?: true | 'given-a-file';
      maxLength: number;
      initial?: string;
    }
  /** A day of the calendar, as `2026-11-21`. */
  | { kind: 'date'; label: string; hint?: string; optional?: true; initial?: string }
  | { kind: 'choice'; label: string; hint?: string; options: readonly Option[]; initial?: string }
  | {
      kind: 'choices';
      label: string;
      hint?: string;
      options: readonly Option[];
      /** Nothing needs to be chosen. */
      optional?: true;
      initial?: readonly string[];
    }
  | {
      kind: 'file';
      label: string;
      hint?: string;
      /** The endings a name may have, without the dot. */
      types: readonly string[];
      /** Stands in its place where forms take no files: what to do instead. */
      elsewhere: string;
    };

export interface Option {
  value: string;
  label: string;
}

/** The fields of a form by name. */
export type Fields = Record<string, Field>;

/** What comes back for one field: a text, the values chosen, or a file. An empty optional text is an empty string. */
type Answer<F extends Field> = F extends { kind: 'choices' }
  ? string[]
  : F extends { kind: 'file' }
    ? GivenFile | undefined
    : string;

/** The answers to a form, typed by its fields. */
export type Answers<F extends Fields> = { [Name in keyof F]: Answer<F[Name]> };

/** A form as a person sees it. Title and submit label are at most 24 characters. */
export interface Form<F extends Fields = Fields> {
  name: FormName;
  title: string;
  submit: string;
  /** A sentence above the fields. */
  intro?: string;
  fields: F;
}

/** The forms there are; `index.ts` has one definition for each. */
export const formNames = [
  'set-up',
  'invite',
  'revoke-several',
  'details',
  'select-members',
  'select-pending',
  'selection-license',
  'filter-members',
  'filter-pending',
  'filter-removed',
  'change-role',
  'transfer',
  'remove',
  'create-organization',
  'rename-organization',
  'move',
  'license',
  'seats',
  'add-product',
  'rename-product',
  'create-team',
  'create-project',
  'rename-group',
  'add-to-group',
  'settings',
] as const;

/** The name of a form. */
export type FormName = (typeof formNames)[number];

/** Sentences about answers that cannot be taken, by field. */
export type Problems<F extends Fields = Fields> = { [Name in keyof F]?: string };
