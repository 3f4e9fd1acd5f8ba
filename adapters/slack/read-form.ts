import type { ViewOutput, ViewStateValue } from '@slack/bolt';
import { z } from 'zod';
import { type Answers, type Fields, type FormName, formNames } from '../../src/commands/form.ts';
import { answerId, type Carried } from './render-form.ts';

const formName = z.enum(formNames);
type Answer = Answers<Fields>[string];

const givenFiles = z.object({ files: z.array(z.object({ name: z.string(), url_private: z.string() })) });
const carried = z.object({ responseUrl: z.url().optional() });

/** A submitted modal: which form, what was answered, and where to answer back. Undefined when it is not one of ours. */
export function readForm(
  view: ViewOutput,
): { name: FormName; answers: Answers<Fields>; carried: Carried } | undefined {
  const name = formName.safeParse(view.callback_id);
  if (!name.success) return undefined;
  const answers = Object.entries(view.state.values).map(([field, values]) => [
    field,
    readAnswer(values[answerId]),
  ]);
  return {
    name: name.data,
    answers: Object.fromEntries(answers),
    carried: readCarried(view.private_metadata),
  };
}

function readAnswer(value: ViewStateValue | undefined): Answer {
  if (value?.type === 'file_input') {
    const { data } = givenFiles.safeParse(value);
    const file = data?.files[0];
    return file && { name: file.name, url: file.url_private };
  }
  if (value?.type === 'multi_static_select')
    return (value.selected_options ?? []).map((option) => option.value);
  if (value?.type === 'static_select') return value.selected_option?.value ?? '';
  if (value?.type === 'datepicker') return value.selected_date ?? '';
  return value?.value ?? '';
}

function readCarried(metadata: string): Carried {
  try {
    const { responseUrl } = carried.parse(JSON.parse(metadata));
    return responseUrl ? { responseUrl } : {};
  } catch {
    return {};
  }
}
