import type { Action } from './action.ts';

/** Something to press. The label is at most 75 characters. */
export interface Button {
  label: string;
  action: Action;
  style?: 'primary' | 'danger';
}

/** One line of a list: what it is about, what there is to say of it, and what can be done with it. */
export interface Row {
  title: string;
  /** How much of something is used, drawn as a bar. */
  bar?: { filled: number; of: number };
  detail?: string;
  buttons?: Button[];
}

/**
 * What usher says, as plain data. Every text is literal: an adapter draws it and never words it, and nothing in it acts
 * as markup, a mention or a link.
 */
export interface Message {
  /** The first sentence; also the notification and the text for screens that show nothing else. */
  summary: string;
  /** Stands beside the first sentence. Only an address the platform itself gave, over https. */
  picture?: { url: string; alt: string };
  body?: string[];
  facts?: { label: string; value: string }[];
  rows?: Row[];
  /** Something to copy, shown as it is. */
  code?: string;
  /** A quiet line below. */
  footnote?: string;
  buttons?: Button[];
}
