import type { Refusals } from '../membership/refusal.ts';
import type { Message } from './message.ts';

type FileRefusal =
  | 'all-are-delivered'
  | 'file-too-big'
  | 'file-is-no-text'
  | 'file-not-to-be-had'
  | 'export-under-way'
  | 'export-not-found'
  | 'export-is-over';

/** The sentences for every way to say no about files that come and go, and about long lists on their way. */
export const aboutFiles: { [Code in FileRefusal]: (data: Refusals[Code]) => Message } = {
  'all-are-delivered': () => ({
    summary: 'None of these invitations waits to be delivered any more.',
    body: ['To take back one that was delivered, type /usher pending and press Revoke.'],
    buttons: [{ label: 'See pending', action: { do: 'pending' } }],
  }),
  'file-too-big': ({ megabytes }) => ({
    summary: `This file is bigger than the ${megabytes} MB usher reads.`,
    body: ['Keep only the column with the addresses, or send the list in parts. Nothing was sent.'],
  }),
  'file-is-no-text': () => ({
    summary: 'usher cannot read this file: it is no text.',
    body: ['In Excel choose Save as, CSV UTF-8, and give usher that file. Nothing was sent.'],
  }),
  'file-not-to-be-had': () => ({
    summary: 'usher could not fetch this file.',
    body: [
      'It may have been deleted, or it is not yours to share. Please give it once more. Nothing was sent.',
    ],
  }),
  'export-under-way': () => ({
    summary: 'usher is making a file for you already.',
    body: ['Wait for it, or press Cancel on its message in your own chat with usher.'],
  }),
  'export-not-found': () => ({
    summary: 'There is no such export of yours.',
    body: ['Only whoever asked for a file can cancel or accept it. Type /usher export to ask for one.'],
  }),
  'export-is-over': () => ({
    summary: 'This export is over.',
    body: ['Type /usher export to ask for a new file.'],
  }),
};
