/** 辟谣: a claim that somebody answerable has looked into and published about. */
export interface Refutation {
  /** As the office numbers it; the same id imported again replaces the text. */
  readonly id: string;
  /** What was going round, in one or two sentences. */
  readonly claim: string;
  /** What was found, as published. */
  readonly verdict: string;
  /** Who published it. */
  readonly source: string;
  readonly url?: string;
  /** Epoch ms. */
  readonly publishedAt: number;
}

/** A machine's guess that a post spreads a refuted claim. It says nothing about the post until a person has looked. */
export interface SuggestedMatch {
  readonly kind: 'suggested';
  readonly id: string;
  /** 0…1: how much of the claim the post says. */
  readonly score: number;
  /** What both have in common, in words for people. */
  readonly because: readonly string[];
}
