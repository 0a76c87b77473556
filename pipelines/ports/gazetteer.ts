/**
 * The texts of pipelines/2-understand/gazetteer/, as read from disk; what each holds stands in its first lines and in
 * the README there. Lines that begin with # are comments.
 */
export interface GazetteerFiles {
  readonly divisions: string;
  readonly otherNames: string;
  readonly abbreviations: string;
  readonly places: string;
  readonly genericPlaces: string;
  readonly alsoWords: string;
  readonly bestKnown: string;
  readonly abroad: string;
  readonly traps: string;
  readonly contexts: string;
  /** The office's own list, read on top of the others; `file` is how errors name it. */
  readonly ownPlaces?: { readonly file: string; readonly text: string };
  /** Pairs of one traditional character and its simplified form. */
  readonly traditional: readonly (readonly [traditional: string, simplified: string])[];
}
