/** Cuts Chinese text into words. One provider and dictionary serve an index for its whole life: see `stamp`. */
export interface Tokeniser {
  /** `nodejieba` or `node-rs`. */
  readonly provider: string;
  /** provider@version+sha256 of the user dictionary (12 hex digits). An index made under another stamp refuses writes. */
  readonly stamp: string;
  /** Words in order; blanks are left out. Never throws on any string. */
  cut(text: string): string[];
}
