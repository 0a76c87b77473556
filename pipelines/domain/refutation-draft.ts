import type { PostId } from './post.ts';

/** What was found about a claim. `unknown`: nothing yet, 待核实. */
export const FINDINGS = ['untrue', 'partly', 'true', 'unknown'] as const;
export type Finding = (typeof FINDINGS)[number];

export const FINDING_NAMES: Readonly<Record<Finding, string>> = {
  untrue: '不实',
  partly: '部分不实',
  true: '属实',
  unknown: '待核实',
};

/** Who says what a draft rests on, in their own words: an office, a record, a measurement. */
export interface RefutationSource {
  /** s1, s2 … within one draft. */
  readonly id: string;
  readonly name: string;
  /** As they said it. Numbers and times of the draft come from here. */
  readonly says: string;
  /** When they said it, epoch ms. */
  readonly at: number;
  readonly url?: string;
  /** The fact that the public asks for and this source tells; see 5-respond/find-missing.ts. */
  readonly tells?: string;
}

declare const grounded: unique symbol;

/** A sentence with what it rests on. Made only by 5-respond/draft-refutation.ts, never without a post or a source. */
export interface DraftSentence {
  readonly text: string;
  readonly posts: readonly PostId[];
  /** Ids of sources. */
  readonly sources: readonly string[];
  readonly [grounded]: true;
}

/** A draft as it is kept in the file: each sentence with its evidence, each source in full. */
export interface RefutationDraft {
  readonly claim: string;
  readonly finding: Finding;
  readonly sentences: readonly DraftSentence[];
  readonly sources: readonly RefutationSource[];
}
