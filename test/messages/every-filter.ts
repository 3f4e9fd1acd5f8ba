import type { Filter } from '../../src/membership/list-words.ts';

/** One of every filter, as somebody could have named it. */
export function everyFilter(text: string): Filter[] {
  return [
    { key: 'role', value: 'billing-manager' },
    { key: 'role', value: text.slice(0, 40) },
    { key: 'license', value: text.slice(0, 40) },
    { key: 'team', value: text.slice(0, 100) },
    { key: 'project', value: text.slice(0, 100) },
    { key: 'idle', value: '30d' },
    { key: 'expired', value: 'yes' },
    { key: 'expired', value: 'no' },
    { key: 'delivery', value: 'failed' },
    { key: 'delivery', value: text.slice(0, 40) },
  ];
}
