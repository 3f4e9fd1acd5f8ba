import { type Seen, textOf } from '../chat.ts';
import type { Narrator } from './narrator.ts';

/** From the set-up to the last of three people who joins. */
export async function tellJoining<Shown extends Seen>(narrator: Narrator<Shown>): Promise<void> {
  const { world, tell, show, shows, types, presses, fills } = narrator;
  const { chat, sees, passTime } = world;

  tell('One: Olivia sets usher up.');
  await types('olivia', '');
  await presses('olivia', await shows('olivia', 'usher is not set up'), 'Set up usher');
  await fills('olivia', { organization: 'Payments' });
  await shows('olivia', 'Payments is set up');
  if (chat.platform === 'teams') {
    tell(`\n${chat.nameOf('cleo')} adds usher to her Teams.`);
    await world.teams.install('cleo');
    await chat.until(() => chat.messages('cleo').length > 0, 'usher greets Cleo');
  }

  tell('\nTwo: she adds seats and a project, invites three people with them, and usher notices a typo.');
  await types('olivia', 'licenses KSE');
  await presses('olivia', await shows('olivia', 'KSE in the account'), 'Set seats…');
  await fills('olivia', { total: '5' });
  await shows('olivia', 'KSE in the account: 5 seats now');
  await types('olivia', 'project create Payments app');
  await shows('olivia', 'Project Payments app');
  const people = 'ana@acme.test, Ben Ito <ben@gmial.com>; cleo@acme.test';
  await types('olivia', `invite ${people} to project Payments app with KSE`);
  await presses('olivia', await shows('olivia', 'did you mean ben@gmail.com?'), 'Use ben@gmail.com');
  const review = await chat.until(
    () =>
      world
        .messages('olivia')
        .findLast((message) => /Invite 3 people/.test(textOf(message)) && !/gmial/.test(textOf(message))),
    'the corrected review',
  );
  show('olivia', review);
  await presses('olivia', review, 'Send 3 invitations');
  await shows('olivia', 'Invited 3 people to Payments');

  tell('\nThree: Ana joins, Ben declines.');
  await presses('ana', await shows('ana', 'Olivia Okafor invites you'), 'Join Payments');
  await shows('ana', 'Welcome to Payments!');
  await types('ana', 'who');
  await shows('ana', 'Projects: Payments app (Tester)');
  await presses('ben', await shows('ben', 'Olivia Okafor invites you'), 'Decline');
  await shows('ben', 'You declined the invitation');
  await sees('olivia', 'Declined: ben@gmail.com');
  await shows('olivia', '1 of 3 joined');

  tell('\nFour: twelve hours pass, and Cleo is reminded.');
  await sees('cleo', 'Olivia Okafor invites you');
  await passTime(12.01);
  await shows('cleo', 'is still open');

  tell('\nFive: twelve more hours pass; the link has run out.');
  await passTime(12.01);
  await shows('olivia', 'Ran out: cleo@acme.test');
  await presses('cleo', await shows('cleo', 'This invitation is no longer valid'), 'Ask for a new one');
  await shows('cleo', 'have been asked for a new invitation');
  await presses('olivia', await shows('olivia', 'cleo@acme.test asks for a new invitation'), 'Resend');
  await shows('olivia', 'Sent again to cleo@acme.test');
  await presses('cleo', await shows('cleo', '[Join Payments]'), 'Join Payments');
  await shows('cleo', 'Welcome to Payments!');
  await sees('olivia', '2 of 3 joined');
  await types('olivia', 'members');
  await shows('olivia', 'Members of Payments');
}
