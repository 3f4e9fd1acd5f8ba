import type { RoleName } from '../matrix/product.ts';
import type { GroupKind, ModelSeat, Prepared, Speaker } from './state.ts';

/** A team or project somebody picks, and how far below the highest the role in it is. */
export interface PickedGroup {
  pick: number;
  rank: number;
}

/** Something people agree to after a review, or that comes at once, as from a form that was open for long. */
export type Wish =
  | { do: 'invite'; names: string[]; role: RoleName; seats: ModelSeat[]; groups: PickedGroup[]; in?: string }
  | { do: 'revoke'; picks: number[] }
  | { do: 'role'; names: string[]; role: RoleName }
  | { do: 'account-role'; names: string[]; isAdmin: boolean }
  | { do: 'remove'; names: string[] }
  | { do: 'leave' }
  | { do: 'move'; names: string[]; to: string; role: RoleName }
  | { do: 'create'; organization: string; name: string }
  | { do: 'archive'; pick: number };

/** Somebody looks through a list, `size` lines a page. */
export interface ListStep {
  do: 'list';
  by: Speaker;
  list: 'members' | 'removed' | 'pending';
  text: string;
  filters: { key: string; value: string }[];
  size: number;
  in?: string;
}

/** One thing somebody does, or that happens. A pick is a number that chooses among what there is at that moment. */
export type Step =
  | { do: 'set-up' | 'connect'; by: Speaker }
  | { do: 'review' | 'at-once'; by: Speaker; wish: Wish }
  | { do: 'press'; by: Speaker | 'the one who prepared it'; pick: number; button?: Prepared['button'] }
  | { do: 'resend'; by: Speaker; picks: number[] }
  | { do: 'copy-link'; by: Speaker; pick: number }
  | { do: 'ask'; by: Speaker | 'the invitee'; pick: number }
  | { do: 'join' | 'decline'; by: Speaker | 'the invitee'; pick: number; linksBehind: number }
  | { do: 'transfer'; by: Speaker; name: string; typed: string }
  | { do: 'seats'; by: Speaker; product: string; source: string; total: number }
  | { do: 'retire'; by: Speaker; product: string; isRetired: boolean }
  | { do: 'assign'; by: Speaker; names: string[]; product: string; source?: string }
  | { do: 'take-back'; by: Speaker; names: string[]; product: string }
  | { do: 'machine'; by: Speaker; product: string }
  | { do: 'settings'; by: Speaker; lifetime: number; reminders: number[]; in?: string }
  | { do: 'create-group'; by: Speaker; kind: GroupKind; name: string; team?: number; in?: string }
  | { do: 'rename-group'; by: Speaker; pick: number; name: string }
  | { do: 'add'; by: Speaker; pick: number; names: string[]; rank?: number }
  | { do: 'group-role'; by: Speaker; pick: number; names: string[]; rank: number }
  | { do: 'take-out'; by: Speaker; pick: number; names: string[] }
  | ListStep
  | { do: 'pass'; hours: number }
  | { do: 'clock' };
