import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../db/id.ts';
import { createCast } from '../../sandbox/cast.ts';
import type { Modal, Shown } from '../../sandbox/slack/types.ts';
import { pressForged } from '../adapters/slack/forge.ts';
import { everythingSaid, readState } from '../adapters/slack/state.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';
import { buttonsOf, opens } from './forms.ts';

const names = ['bill', 'dan', 'eli', 'fay'];
const more = names.map((name) => ({ name, realName: `${name} Doe`, email: `${name}@acme.test` }));

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld({ people: [...createCast(), ...more] });
  await world.setUp();
  for (const words of [
    'adam@acme.test as admin',
    'bill@acme.test as billing manager',
    'mia@acme.test',
    'ana@acme.test',
  ]) {
    await world.invite('olivia', words);
    await world.join(words.split('@')[0] ?? '');
  }
  await setSeats('olivia', 'KSE of the account', '20');
  await setSeats('olivia', 'KSE of Payments', '4');
  await setSeats('olivia', 'TestOps of the account', '2');
});
afterAll(() => world?.stop());

const type = (who: string, words: string, answer: string) =>
  world.told(who, answer, () => world.slack.command(who, words));
const press = (who: string, on: Shown, label: string, answer: string) =>
  world.told(who, answer, () => world.slack.press(who, on, label));

const labelsOf = (modal: Modal) =>
  (JSON.stringify(modal.blocks).match(/"text":"[^"]*"/g) ?? []).map((text) => text.slice(8, -1));

const openSeats = async (who: string) => {
  const list = await type(who, 'licenses', 'Licences of Payments');
  return opens(world, who, 'Set seats', () => world.slack.press(who, list, 'Dedicate seats…'));
};

async function setSeats(who: string, target: string, total: string): Promise<void> {
  const label = labelsOf(await openSeats(who)).find((text) => text.startsWith(`${target}:`));
  if (!label) throw new Error(`${target} is not offered.`);
  await world.told(who, `: ${total} seat`, () => world.slack.submit(who, { target: label, total }));
}

describe('licenses', () => {
  test('shows a bar and the figures of every pool, with what the viewer may do', async () => {
    await type('olivia', 'license mia KSE', 'KSE: assigned to 1 person.');
    const list = await type('olivia', 'licenses', 'Licences of Payments');
    const text = textOf(list);
    expect(text).toContain(`KSE in Payments\n${'█'.repeat(5)}${'░'.repeat(15)}\n1 of 4 used · 3 available`);
    expect(text).toContain('0 of 16 used · 16 available · 20 in all · 4 dedicated to organizations');
    expect(text).toContain('TestOps Guest in the account\nno seats yet');
    expect(text).toContain('0 people · 0 at the same time');
    expect(buttonsOf(list).slice(-3)).toEqual(['Assign a licence…', 'Dedicate seats…', 'Catalogue']);
    await type('olivia', 'license take back mia KSE', 'KSE: taken back from 1 person.');
  });

  test.each([
    ['adam', ['Assign a licence…'], false],
    ['bill', ['Dedicate seats…'], true],
  ])('offers %s only what they may', async (who, buttons, setsSeats) => {
    const list = await type(who, 'licenses kse', 'Licences of Payments for “kse”');
    expect(buttonsOf(list).slice(-1)).toEqual(buttons);
    expect(buttonsOf(list).filter((label) => label === 'Set seats…')).toHaveLength(setsSeats ? 1 : 0);
    expect(textOf(list)).not.toContain('TestOps');
  });

  test('shows a User their own card', async () => {
    const card = await type('mia', 'licenses', 'E-mail');
    expect(textOf(card)).toContain('Mia Chen');
    expect(textOf(card)).toContain('Licences: none');
  });

  test('shows page by page who holds a seat, and for whom one is reserved', async () => {
    await type('olivia', 'license mia, ana KSE from Payments', 'KSE: assigned to 2 people.');
    await world.invite('olivia', 'dan@acme.test with KSE from Payments');
    const list = await type('olivia', 'licenses kse', 'KSE in Payments');
    await world.told('olivia', 'Nobody you may see has KSE in the account.', () =>
      world.slack.press('olivia', list, 'licenses.holders:1'),
    );
    const holders = await press('olivia', list, 'licenses.holders:3', 'Who has KSE in Payments');
    expect(textOf(holders)).toContain('3 of 4 used · 1 available');
    expect(textOf(holders)).toContain('dan@acme.test\nreserved: invited to Payments');
    expect(textOf(holders)).toContain('Mia Chen\nmia@acme.test · Payments · since');
  });
});

describe('inviting with licences', () => {
  test('by words shows the seats in the review, the message and the welcome', async () => {
    const review = await type(
      'olivia',
      'invite eli@acme.test as admin with kse from Payments',
      'Invite 1 person',
    );
    expect(textOf(review)).toContain('They join as Admin. Nothing is sent before you press Send.');
    expect(textOf(review)).toContain('KSE in Payments: 4 of 4 after this');
    await press('olivia', review, 'Send 1 invitation', 'Invited 1 person');
    expect(textOf(await world.sees('eli', 'invites you'))).toContain('With: KSE');
    const pending = await type('olivia', 'pending eli', 'Pending invitations');
    expect(textOf(pending)).toContain('Admin with KSE · invited by');
    await world.join('eli');
    expect(textOf(await world.sees('eli', 'Welcome to Payments!'))).toContain('Your licences: KSE');
    const card = await type('eli', 'who', 'E-mail');
    expect(textOf(card)).toContain('Licences: KSE from Payments');
  });

  test('says how many seats are missing and who can add some, and offers no Send', async () => {
    const review = await type(
      'adam',
      'invite fay@acme.test, gil@acme.test with KSE from Payments as user',
      'seats are missing',
    );
    expect(textOf(review)).toContain('KSE in Payments: 0 of 4 left, 2 seats missing');
    expect(textOf(review)).toContain('Olivia Okafor can add seats.');
    expect(buttonsOf(review)).toEqual(['See licences', 'Cancel']);
  });

  test('by the form offers pools with seats, and takes each licence from one source', async () => {
    const modal = await opens(world, 'adam', 'Invite people', () =>
      world.slack.command('adam', 'invite with TestOps'),
    );
    const labels = labelsOf(modal).filter((label) => label.includes(' from '));
    expect([...new Set(labels)]).toEqual([
      'KRE from the account (any number)',
      'KSE from the account (16 free)',
      'TestOps from the account (2 free)',
    ]);
    const review = await world.told('adam', 'Invite 1 person', () =>
      world.slack.submit('adam', {
        addresses: 'fay@acme.test',
        licenses: ['KSE from the account (16 free)', 'KRE from the account (any number)'],
      }),
    );
    expect(textOf(review)).toContain('KSE in the account: 1 of 16 after this');
    expect(textOf(review)).toContain('KRE in the account: 1 person after this, 0 at the same time');
  });

  test.each([
    ['invite fay@acme.test with nothing', 'There is no licence called “nothing” to assign.'],
    ['invite fay@acme.test with KSE from Mars', 'KSE does not come from “Mars”.'],
    ['invite fay@acme.test with KSE, kse from account', 'KSE was named twice'],
  ])('"%s" is refused in words', async (words, answer) => {
    await type('olivia', words, answer);
  });
});

describe('license', () => {
  test('assigns, changes the source and takes back, one line a person', async () => {
    const given = await type('adam', 'license mia, ana, nobody KSE from the account', 'assigned to 2 people');
    expect(textOf(given)).toContain('mia@acme.test · has it from the account now, no longer from Payments');
    expect(textOf(given)).toContain('Nobody was found for “nobody”.');
    const back = await type('adam', 'license take mia, adam KSE', 'KSE: taken back from 1 person.');
    expect(textOf(back)).toContain('adam@acme.test · had none');
  });

  test('by the form does the same', async () => {
    await opens(world, 'adam', 'Assign a licence', () => world.slack.command('adam', 'license'));
    const [pool] = ['TestOps from the account (2 free)'];
    const given = await world.told('adam', 'TestOps: assigned to 1 person.', () =>
      world.slack.submit('adam', { people: 'bill@acme.test', license: pool }),
    );
    expect(textOf(given)).toContain('has it from the account now');
  });

  test('asks which person is meant, and goes on with what was asked for', async () => {
    const choice = await type('olivia', 'license a TestOps', 'Whom do you mean by “a”?');
    const chosen = await world.told('olivia', 'TestOps: assigned to 1 person.', () =>
      world.slack.press('olivia', choice, 'Ana Ruiz'),
    );
    expect(chosen.ts).toBe(choice.ts);
  });

  test('on the card: what somebody has, with buttons to assign, change and take back', async () => {
    const card = await type('adam', 'who mia', 'Mia Chen');
    const offer = await press('adam', card, 'Licences…', 'Licences of Mia Chen');
    expect(textOf(offer)).toContain('KSE\nnot assigned · KSE from Payments');
    const assigned = await press('adam', offer, 'license.assign:2', 'KSE: assigned to 1 person');
    const again = await press(
      'adam',
      await press('adam', assigned, 'Card', 'Mia Chen'),
      'Licences…',
      'Take back',
    );
    await press('adam', again, 'Take back', 'taken back from 1 person');
  });

  test.each([
    ['license mia', 'There is no licence called “mia” to assign.'],
    ['license mia TestOps from Mars', 'TestOps does not come from “Mars”.'],
    ['license KSE', 'Please say whom you mean.'],
  ])('"%s" is refused in words', async (words, answer) => {
    await type('olivia', words, answer);
  });
});

describe('seats', () => {
  test.each(['-1', 'NaN', '1e309', '2147483648', '2^31', '1.5', '1e3', ' ', 'zwölf'])(
    'the number "%s" is refused beside its field',
    async (total) => {
      await openSeats('olivia');
      await world.slack.submit('olivia', { target: 'KSE of the account: 20', total });
      expect(world.slack.screen('olivia').modal?.errors).toEqual({
        total: 'Type a whole number from 0 to 1,000,000, in digits.',
      });
      await world.slack.closeModal('olivia');
    },
  );

  test('a Billing Manager sets those of the organization, and is offered no others', async () => {
    const labels = labelsOf(await openSeats('bill')).filter((label) => / of /.test(label));
    expect(labels.filter((label) => label.includes('the account:'))).toEqual([]);
    await world.slack.closeModal('bill');
    await setSeats('bill', 'KSE of Payments', '6');
    expect(textOf(await type('olivia', 'licenses kse', 'KSE in Payments'))).toContain('of 6 used');
  });

  test('fewer than are used, or more than the account has, is refused in words', async () => {
    const submit = async (total: string, answer: string) => {
      const target = labelsOf(await openSeats('olivia')).find((label) => label.startsWith('KSE of Payments'));
      await world.told('olivia', answer, () => world.slack.submit('olivia', { target: target ?? '', total }));
    };
    await submit('0', 'KSE in Payments cannot have fewer seats than are given away.');
    await submit('500', 'KSE in the account has too few seats');
  });
});

test('the catalogue: adding, renaming and retiring a product', async () => {
  const { slack, told } = world;
  const list = await type('olivia', 'licenses', 'Licences of Payments');
  const first = await press('olivia', list, 'Catalogue', 'The catalogue of licences');
  await opens(world, 'olivia', 'Add a product', () => slack.press('olivia', first, 'Add a product…'));
  const added = await told('olivia', 'KSX was added.', () =>
    slack.submit('olivia', { product: 'KSX', kind: 'Per seat: one person a seat' }),
  );
  await opens(world, 'olivia', 'Rename a product', () => slack.press('olivia', added, 'product.rename:5'));
  await told('olivia', 'KSX is called KSX 2 now', () =>
    slack.submit('olivia', { productId: 'KSX', product: 'KSX 2' }),
  );
  const retired = await press('olivia', added, 'product.retire:6', 'KSX 2 is offered to nobody new');
  expect(textOf(retired)).toContain('retired: offered to nobody new');
  await press('olivia', retired, 'Offer again', 'is offered again');
});

describe('forged', () => {
  const changesNothing = async (who: string, value: object, words: string) => {
    await everythingSaid(world.db);
    const before = await readState(world.db);
    await world.told(who, words, () => pressForged(world, who, value));
    expect(await readState(world.db)).toBe(before);
  };
  const ids = async () => {
    const [row] = await world.db.execute<{ member: string; product: string; pool: string }>(sql`
      select m.id as member, p.product_id as product, p.id as pool
      from member m, license_pool p join license_product d on d.id = p.product_id
      where m.email = 'mia@acme.test' and d.name = 'KSE' and p.organization_id is null`);
    return { memberId: row?.member, productId: row?.product, poolId: row?.pool };
  };

  test.each(['license.assign', 'license.take-back', 'card.licenses', 'license', 'licenses.holders'])(
    'a User who presses %s is told who may',
    async (action) => changesNothing('mia', { do: action, ...(await ids()) }, 'can do it'),
  );

  test('a User who presses licenses sees no more than their own', () =>
    changesNothing('mia', { do: 'licenses' }, 'Licences: none'));

  test.each(['seats', 'catalogue', 'product.add', 'product.rename', 'product.retire'])(
    'an Admin who presses %s is told who may',
    async (action) => {
      await changesNothing(
        'adam',
        { do: action, ...(await ids()), retired: true },
        'Olivia Okafor can do it.',
      );
    },
  );

  test.each([
    [{ do: 'license.assign', memberId: newId('mem') }, 'There is no such person.'],
    [{ do: 'license.assign', poolId: newId('pol') }, 'not from there'],
    [{ do: 'license.assign', productId: newId('prd') }, 'There is no such licence to assign.'],
    [{ do: 'licenses.holders', poolId: newId('pol') }, 'not to be had any more'],
    [{ do: 'product.retire', productId: newId('prd'), retired: true }, 'There is no such licence'],
    [{ do: 'license.assign', poolId: 'pol_1' }, 'This button does not work any more'],
  ])('a button about what is not there is refused in words: %j', async (value, words) => {
    await changesNothing('olivia', { ...(await ids()), ...value }, words);
  });
});
