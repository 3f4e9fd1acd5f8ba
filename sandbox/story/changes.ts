import type { Seen } from '../chat.ts';
import type { Narrator } from './narrator.ts';

/** How a member is promoted, moved, removed and invited back, and the ownership handed over. */
export async function tellChanges<Shown extends Seen>(narrator: Narrator<Shown>): Promise<void> {
  const { world, tell, shows, types, presses, fills } = narrator;

  tell('\nSix: Ana becomes Admin, and invites Ben once more.');
  await types('olivia', 'role ana admin');
  await presses('olivia', await shows('olivia', 'Make Ana Ruiz Admin?'), 'Change role');
  await shows('olivia', 'Changed 1 role.');
  await world.invite('ana', 'ben@gmail.com');
  await world.sees('ben', 'Ana Ruiz invites you');

  tell('\nSeven: Risk is made for Cleo, and Ana is moved there.');
  await types('olivia', 'org create Risk owned by cleo');
  await presses('olivia', await shows('olivia', 'with Cleo Novak as its Owner?'), 'Create');
  await shows('olivia', 'Risk is there, and Cleo Novak is its Owner.');
  await types('olivia', 'org move ana to Risk');
  await presses('olivia', await shows('olivia', 'Move Ana Ruiz to Risk?'), 'Move');
  await shows('olivia', 'Moved 1 person to Risk.');
  await types('olivia', 'members in Risk');
  await shows('olivia', 'Members of Risk');

  tell('\nEight: Ana is removed, and her invitation goes with her.');
  await types('olivia', 'who ana');
  await presses('olivia', await shows('olivia', '[Remove…]'), 'Remove…');
  await presses('olivia', await shows('olivia', 'Remove Ana Ruiz?'), 'Remove');
  await shows('olivia', 'Removed 1 person.');
  await shows('ben', 'was taken back');
  await types('ana', '');
  await shows('ana', 'Your access to Payments has ended');

  tell('\nNine: she is invited back, and is the same member again.');
  await types('olivia', 'removed in Risk');
  await presses('olivia', await shows('olivia', 'Removed from Risk'), 'Invite back');
  await fills('olivia', {});
  const review = await shows('olivia', 'will come back');
  await presses('olivia', review, 'Send 1 invitation');
  await presses('ana', await shows('ana', '[Join Risk]'), 'Join Risk');
  await shows('ana', 'Welcome to Risk!');

  tell('\nTen: Cleo hands Risk over to Ana.');
  await types('cleo', 'transfer ana');
  if (world.chat.platform === 'teams') {
    await presses('cleo', await shows('cleo', '[Hand over ownership]'), 'Hand over ownership');
  }
  await fills('cleo', { email: 'ana@acme.test' });
  await shows('cleo', 'Ana Ruiz is the Owner of Risk now.');
  await types('ana', 'who');
  await shows('ana', 'Role: Owner');
}
