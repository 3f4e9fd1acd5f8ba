import { expect, test } from 'vitest';
import { newId } from '../../db/id.ts';
import { roleReview } from '../../src/messages/roles.ts';
import { leftGroups } from './about-groups.ts';

const line = (at: number) =>
  ({
    ...{
      memberId: newId('mem'),
      fullName: `Person ${at}`,
      email: `p${at}@acme.test`,
      organization: 'Payments',
    },
    ...({ from: 'user', to: 'billing-manager' } as const),
  }) as const;

test('whoever loses something is shown before those who only change, and after those who stay', () => {
  const lines = [
    ...Array.from({ length: 30 }, (_, at) => line(at)),
    { ...line(30), leaves: leftGroups('QA', 1) },
    { ...line(31), obstacle: { code: 'is-the-owner' } as const },
  ];
  const review = { draftId: newId('dra'), home: 'Payments', role: 'billing-manager', lines } as const;
  const { rows = [], footnote } = roleReview(review, []);
  expect(rows.slice(0, 3).map(({ title }) => title)).toEqual(['Person 31', 'Person 30', 'Person 0']);
  expect(rows[1]?.detail).toContain('leaves');
  expect(footnote).toBe('And 12 more people.');
});
