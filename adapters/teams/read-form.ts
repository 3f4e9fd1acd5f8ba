import { z } from 'zod';
import { type Answers, type Field, type Fields, type FormName, formNames } from '../../src/commands/form.ts';
import { forms } from '../../src/commands/index.ts';
import { action } from '../../src/messages/action.ts';
import type { Opener } from './render-message.ts';

const opener = z.union([z.object({ action }), z.object({ words: z.string().max(4000) })]);

const opened = z.object({ data: z.object({ open: opener }) });
const submitted = z.object({ data: z.looseObject({ form: z.enum(formNames), open: opener }) });

/** What a dialog is asked to show: the form of a button or of typed words. Undefined when it is not one of ours. */
export function readOpener(value: unknown): Opener | undefined {
  return opened.safeParse(value).data?.data.open;
}

/** A submitted dialog, with what opened it. Undefined when it is not one of ours. */
export function readForm(
  value: unknown,
): { name: FormName; answers: Answers<Fields>; open: Opener } | undefined {
  const read = submitted.safeParse(value);
  if (!read.success) return undefined;
  const { form, open, ...inputs } = read.data.data;
  const answers = Object.entries(forms[form].kinds).map(([field, kind]) => {
    const input = Object.hasOwn(inputs, field) ? inputs[field] : undefined;
    return [field, readAnswer(kind, typeof input === 'string' ? input : '')];
  });
  return { name: form, answers: Object.fromEntries(answers), open };
}

/** Teams gives several choices as one text and has no files in forms; an input that was left out counts as left empty. */
function readAnswer(kind: Field['kind'], input: string): Answers<Fields>[string] {
  if (kind === 'file') return undefined;
  return kind === 'choices' ? input.split(',').filter((value) => value !== '') : input;
}
