import type { OrganizationId } from '../../db/id.ts';
import type { Filter, ListWords } from '../membership/list-words.ts';
import type { OrganizationRole } from '../membership/policy.ts';
import { roleNames } from '../membership/refusal.ts';
import type { ListPage } from '../membership/search.ts';
import type { Button, Message } from './message.ts';
import { count, deliveryNames, oneLine, quoted } from './words.ts';

/** The lists that are searched, filtered and turned page by page. */
export type ListName = 'members' | 'pending' | 'removed';

/** What was asked of a list: the words as they were typed, the key of the page, and the organization that was named. */
export interface Asked {
  search?: string;
  after?: string;
  in?: OrganizationId;
}

/** What the buttons of a list carry on: the words, and where. */
export function carriedOn({ search, in: organizationId }: Asked): Pick<Asked, 'search' | 'in'> {
  return { ...(organizationId ? { in: organizationId } : {}), ...(search ? { search } : {}) };
}

/** What a list is narrowed to, to stand behind its name: ` matching “ruiz” · Admin · with KSE`. */
export function narrowedTo({ text, filters }: ListWords): string {
  const matching = text === '' ? '' : ` matching ${quoted(text, 60)}`;
  return `${matching}${filters.map((filter) => ` · ${filterWords(filter)}`).join('')}`;
}

/** A filter as people read it. */
export function filterWords({ key, value }: Filter): string {
  switch (key) {
    case 'role':
      return roleNames[value as OrganizationRole] ?? oneLine(value, 40);
    case 'license':
      return `with ${oneLine(value, 40)}`;
    case 'team':
    case 'project':
      return `in ${oneLine(value, 60)}`;
    case 'idle':
      return `not seen for ${lengthOf(value)}`;
    case 'expired':
      return value === 'yes' ? 'expired' : 'still open';
    case 'delivery':
      return deliveryNames[value] ?? oneLine(value, 40);
    case 'about':
    case 'by':
    case 'on':
    case 'since':
      return `${key} ${oneLine(value, 60)}`;
  }
}

const units: Record<string, string> = { h: 'hour', d: 'day', w: 'week' };

/** "30d" as people say it. */
export function lengthOf(value: string): string {
  return count(Number.parseInt(value, 10), units[value.slice(-1).toLowerCase()] ?? 'day');
}

/** Said below a list that has more matches than are looked at. */
export function tooManyNote({ tooMany }: Pick<ListPage<unknown>, 'tooMany'>): Pick<Message, 'footnote'> {
  return tooMany
    ? { footnote: 'There are more than 2,000 to look through: add a filter, or more of the name.' }
    : {};
}

/** The buttons that turn a list and narrow it; its words go with every one of them. */
export function navigation(list: ListName, page: ListPage<unknown>, asked: Asked): Button[] {
  const here = asked.after ? { after: asked.after } : {};
  const { search: _, ...place } = carriedOn(asked);
  const search = carriedOn(asked);
  return [
    ...(page.next
      ? [{ label: 'Next page', action: { do: list, ...search, after: page.next, turn: true } } as const]
      : []),
    ...(asked.after ? [{ label: 'First page', action: { do: list, ...search, turn: true } } as const] : []),
    ...(asked.search ? [{ label: 'Show all', action: { do: list, ...place, turn: true } } as const] : []),
    { label: 'Filter…', action: { do: 'filter', list, ...search } },
    ...(list !== 'removed' && page.rows.length > 1
      ? [{ label: 'Select…', action: { do: 'select', list, ...search, ...here } } as const]
      : []),
  ];
}
