import type { PersonSeed as SlackSeed } from './slack/types.ts';
import type { PersonSeed as TeamsSeed } from './teams/types.ts';

/** Somebody on both platforms, with what either should say about them. */
export type Seed = SlackSeed & TeamsSeed;

/**
 * The people of the pretend workspace. They live where it is working time whenever the sandbox is started, so that
 * reminders, which never go out at night, can be tried at any hour.
 */
export function createCast(now = new Date()): Seed[] {
  const timeZone = zones.find((zone) => isWorkingTime(now, zone)) ?? 'UTC';
  return people.map((person) => ({ ...person, timeZone }));
}

const people = [
  {
    name: 'olivia',
    realName: 'Olivia Okafor',
    email: 'olivia@acme.test',
    isAdmin: true,
    note: 'Owner of Payments',
  },
  { name: 'adam', realName: 'Adam Berg', email: 'adam@acme.test', note: 'Admin of Payments' },
  { name: 'mia', realName: 'Mia Chen', email: 'mia@acme.test', note: 'Member of Payments' },
  { name: 'ana', realName: 'Ana Ruiz', email: 'ana@acme.test', note: 'Not invited yet' },
  { name: 'ben', realName: 'Ben Ito', email: 'ben@gmail.com', note: 'Not invited yet' },
  { name: 'cleo', realName: 'Cleo Novak', email: 'cleo@acme.test', note: 'Not invited yet' },
] as const satisfies Seed[];

/** Between them, it is always working time somewhere. */
const zones = ['Europe/Madrid', 'America/New_York', 'America/Los_Angeles', 'Asia/Tokyo', 'Asia/Kolkata'];

function isWorkingTime(now: Date, timeZone: string): boolean {
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone }).format(now),
  );
  return hour >= 9 && hour < 18;
}
