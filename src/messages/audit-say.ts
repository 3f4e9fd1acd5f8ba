import type { Event } from '../membership/events.ts';

/** The names a sentence may use: who did it, and what things are called now. */
export interface Say {
  who: string;
  name(id: string): string;
}

/** The sentences for the events of these names. */
export type Sentences<Name extends Event['name']> = {
  [Each in Name]: (event: Event & { name: Each }, say: Say) => string;
};
