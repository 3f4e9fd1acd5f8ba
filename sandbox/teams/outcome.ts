import type { Answer } from './types.ts';

/** The client had no reason to ask usher. */
export const notSent: Answer = { status: 200, body: '', ms: 0, notSent: true };
/** What Teams itself says when usher fails. */
export const trouble = 'Unable to reach app. Please try again.';
