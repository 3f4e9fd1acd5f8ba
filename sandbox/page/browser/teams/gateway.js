// @ts-check
import { read, write } from '../wire.js';
import { textIn } from './text-in.js';

/** @import { Conversation, Screen, Shown, ShownScreen, TeamsPerson, Values } from './types.d.ts' */

/** Calls of the pretend Teams; reading throws when the sandbox is away, writing answers with status 0. */
export const gateway = {
  changes: '/sandbox/teams/changes',

  /** @returns {Promise<TeamsPerson[]>} */
  people: () => read('/sandbox/teams/people'),

  /** @param {string} as @returns {Promise<Screen>} */
  async screen(as) {
    /** @type {ShownScreen} */
    const { conversations, modal } = await read(`/sandbox/teams/screen?as=${encodeURIComponent(as)}`);
    return { conversations: conversations.map(asDrawn), ...(modal && { modal }) };
  },

  /** @param {string} as @param {string} place @param {string} text @param {{ name: string, base64: string }} [file] */
  command: (as, place, text, file) =>
    write('/sandbox/teams/command', { as, in: place, text, ...(file && { file }) }),

  /** @param {string} as @param {{ conversation: string, message: string, actionId: string, values: Values }} press */
  press: (as, press) => write('/sandbox/teams/press', { as, surface: 'message', ...press }),

  /** @param {string} as @param {{ conversation: string, message: string, answer: 'accept' | 'decline' }} answered */
  answer: (as, answered) => write('/sandbox/teams/offer', { as, ...answered }),

  /** @param {string} as @param {{ modalId: string, actionId: string, values: Values }} submission */
  submit: (as, submission) => write('/sandbox/teams/submit', { as, ...submission }),

  /** @param {string} as @param {string} modalId */
  close: (as, modalId) => write('/sandbox/teams/close', { as, modalId }),

  /** @param {string} as */
  install: (as) => write('/sandbox/teams/install', { as }),
};

/** @param {ShownScreen['conversations'][number]} conversation @returns {Conversation} */
function asDrawn({ kind, messages, ...conversation }) {
  return {
    ...conversation,
    kind: kind === 'personal' ? 'dm' : kind,
    messages: messages.map((message) => ({
      ...message,
      ts: String(message.sentAt / 1000),
      user: message.from,
      summary: summaryOf(message),
    })),
  };
}

/** @param {Shown} message */
function summaryOf({ text, cards, files = [] }) {
  return text.replace(/<\/?at>/g, '') || textIn(cards[0]) || files[0]?.name || 'A card';
}
