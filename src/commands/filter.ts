import { storedRoles } from '../../db/schema.ts';
import { type FilterChoices, listFilterChoices } from '../membership/filter-choices.ts';
import { pendingFilters } from '../membership/invitations/invitation-conditions.ts';
import { type FilterKey, formatListWords, type ListWords, parseListWords } from '../membership/list-words.ts';
import { memberFilters, removedFilters } from '../membership/members/member-conditions.ts';
import { roleNames } from '../membership/refusal.ts';
import { filterWords, type ListName, lengthOf } from '../messages/lists.ts';
import { deliveryNames } from '../messages/words.ts';
import type { ActionHandlers, CommandContext, FormDefinition, Reply, Said } from './command.ts';
import type { Answers, Field, Fields, Option } from './form.ts';
import { organizationField } from './in-organization.ts';
import { list as listMembers, listOfRemoved } from './members.ts';
import { list as listPending } from './pending.ts';

const anything = 'any';

const keys = { members: memberFilters, pending: pendingFilters, removed: removedFilters } as const;

const shows: Record<ListName, (context: CommandContext, asked: { search: string }) => Promise<Said>> = {
  members: listMembers,
  pending: listPending,
  removed: listOfRemoved,
};

/** The form that narrows a list without typing, filled in with what it is narrowed to. */
async function openFilter(context: CommandContext, list: ListName, search = ''): Promise<Reply> {
  const right = list === 'pending' ? 'manage-invitations' : 'see-members';
  const choices = await listFilterChoices(context, { right });
  const fields = {
    ...(await organizationField(context, right)),
    ...fieldsOf[list](parseListWords<FilterKey>(search, keys[list]), choices),
  };
  return { form: { name: `filter-${list}`, title: 'Filter the list', submit: 'Show', fields } };
}

const fieldsOf: Record<ListName, (words: ListWords, choices: FilterChoices) => Fields> = {
  members: (words, { products, teams, projects }) => ({
    text: textField(words.text),
    role: choice(words, 'role', ['Role', 'Any role'], roleOptions(['owner', ...storedRoles])),
    license: choice(words, 'license', ['Licence', 'Any or none'], named(products)),
    team: choice(words, 'team', ['Team', 'Any or none'], named(teams)),
    project: choice(words, 'project', ['Project', 'Any or none'], named(projects)),
    idle: choice(words, 'idle', ['Not seen', 'Seen at any time'], spans),
  }),
  pending: (words, { products, teams, projects }) => ({
    text: textField(words.text),
    role: choice(words, 'role', ['Role', 'Any role'], roleOptions(storedRoles)),
    license: choice(words, 'license', ['Licence', 'Any or none'], named(products)),
    team: choice(words, 'team', ['Team', 'Any or none'], named(teams)),
    project: choice(words, 'project', ['Project', 'Any or none'], named(projects)),
    expired: choice(
      words,
      'expired',
      ['Link', 'Open or expired'],
      [
        { value: 'no', label: 'Still open' },
        { value: 'yes', label: 'Expired' },
      ],
    ),
    delivery: choice(words, 'delivery', ['Message', 'Delivered or not'], deliveries),
  }),
  removed: (words) => ({
    text: textField(words.text),
    role: choice(words, 'role', ['Role they had', 'Any role'], roleOptions(storedRoles)),
  }),
};

/** A choice for one filter; what was typed and is none of the usual values stands among them. */
function choice(
  { filters }: ListWords,
  key: FilterKey,
  [label, none]: readonly [string, string],
  usual: readonly Option[],
): Extract<Field, { kind: 'choice' }> {
  const typed = filters.find((filter) => filter.key === key)?.value.toLowerCase() ?? anything;
  const options = [{ value: anything, label: none }, ...usual];
  const known =
    options.find(({ value }) => value.toLowerCase() === typed) ??
    options.find(({ value }) => value.toLowerCase().startsWith(typed));
  const own = { value: typed, label: sentenceCase(filterWords({ key, value: typed })) };
  return {
    kind: 'choice',
    label,
    options: known ? options : [...options, own],
    initial: (known ?? own).value,
  };
}

function named(names: readonly string[]): Option[] {
  return names.map((name) => ({ value: name, label: name }));
}

const spans: Option[] = ['7d', '30d', '90d', '180d', '365d'].map((value) => ({
  value,
  label: `For ${lengthOf(value)}`,
}));

function roleOptions(roles: readonly (keyof typeof roleNames)[]): Option[] {
  return roles.map((value) => ({ value, label: roleNames[value] }));
}

const deliveries = Object.entries(deliveryNames).map(([value, label]) => ({
  value,
  label: sentenceCase(label),
}));

function textField(initial: string): Field {
  return {
    ...({ kind: 'text', label: 'Name or e-mail', hint: 'Any part of it.' } as const),
    ...({ optional: true, maxLength: 100 } as const),
    ...(initial === '' ? {} : { initial: initial.slice(0, 100) }),
  };
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function filterForm(list: ListName, kinds: FormDefinition['kinds']): FormDefinition {
  return {
    kinds,
    check: () => undefined,
    submit: (context, answers) => shows[list](context, { search: wordsOf(list, answers) }),
  };
}

/** The answers as the words somebody could have typed. */
function wordsOf(list: ListName, answers: Answers<Fields>): string {
  const text = String(answers.text ?? '');
  const filters = keys[list].flatMap((key: FilterKey) => {
    const value = String(answers[key] ?? anything);
    return value === anything || value === '' ? [] : [{ key, value }];
  });
  return formatListWords({ text, filters });
}

/** The forms behind *Filter…*, one for each list. */
export const filterForms: Record<`filter-${ListName}`, FormDefinition> = {
  'filter-members': filterForm('members', {
    in: 'choice',
    text: 'text',
    role: 'choice',
    license: 'choice',
    team: 'choice',
    project: 'choice',
    idle: 'choice',
  }),
  'filter-pending': filterForm('pending', {
    in: 'choice',
    text: 'text',
    role: 'choice',
    license: 'choice',
    team: 'choice',
    project: 'choice',
    expired: 'choice',
    delivery: 'choice',
  }),
  'filter-removed': filterForm('removed', { in: 'choice', text: 'text', role: 'choice' }),
};

export const filterActions: Pick<ActionHandlers, 'filter'> = {
  filter: (context, { list, search }) => openFilter(context, list, search),
};
