import { type Seen, textOf } from '../chat.ts';
import type { Narrator } from './narrator.ts';

/** How a member is promoted, removed and invited back, and the ownership handed over. */
export async function tellChanges<Shown extends Seen>(narrator: Narrator<Shown>): Promise<void> {
  const { world, tell, shows, types, presses, fills } = narrator;

  tell('\nSix: Ana becomes Admin, and invites Ben once more.');
  await types('olivia', 'role ana admin');
  await presses('olivia', await shows('olivia', 'Make Ana Ruiz Admin?'), 'Change role');
  await shows('olivia', 'Changed 1 role.');
  await world.invite('ana', 'ben@gmail.com');
  await world.sees('ben', 'Ana Ruiz invites you');

  tell('\nSeven: Ana is removed, and her invitation goes with her.');
  await types('olivia', 'who ana');
  await presses('olivia', await shows('olivia', '[Remove…]'), 'Remove…');
  await presses('olivia', await shows('olivia', 'Remove Ana Ruiz?'), 'Remove');
  await shows('olivia', 'Removed 1 person.');
  await shows('ben', 'was taken back');
  await types('ana', '');
  await shows('ana', 'Your access to Payments has ended');

  tell('\nEight: she is invited back, and is the same member again.');
  await types('olivia', 'removed');
  await presses('olivia', await shows('olivia', 'Removed from Payments'), 'Invite back');
  await fills('olivia', {});
  const review = await shows('olivia', 'will come back');
  await presses('olivia', review, 'Send 1 invitation');
  await presses('ana', await shows('ana', '[Join Payments]'), 'Join Payments');
  // She was welcomed once before: this time it is where the button was.
  await world.chat.until(
    () => !world.messages('ana').some((message) => textOf(message).includes('[Join Payments]')),
    'Ana has joined again',
  );
  await shows('ana', 'Welcome to Payments!');

  tell('\nNine: Olivia hands Payments over to Ana.');
  await types('olivia', 'transfer ana');
  if (world.chat.platform === 'teams') {
    await presses('olivia', await shows('olivia', '[Hand over ownership]'), 'Hand over ownership');
  }
  await fills('olivia', { email: 'ana@acme.test' });
  await shows('olivia', 'Ana Ruiz is the Owner of Payments now.');
  await types('ana', 'who');
  await shows('ana', 'Role: Owner');
}
