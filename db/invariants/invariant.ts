/** A rule of PRODUCT.md, and the SQL that selects every row that breaks it: by its ids, without addresses or names. */
export interface Invariant {
  rule: string;
  query: string;
  /** It holds while usher's jobs run; all others hold at every commit. */
  onlyWhileRunning?: true;
}
