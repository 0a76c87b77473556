import type { Refutation, SuggestedMatch } from '../domain/refutation.ts';
import type { Weights } from '../ports/weights.ts';
import { CueFinder } from './find-cues.ts';
import { claimWords, isKindOfPlace, isNegated, type ClaimWord, type ReadClaim } from './read-claim.ts';
import { TextReader } from './read-text.ts';

/**
 * A post is suggested for a claim from this score on. Chosen on one half of test/golden/refutations.jsonl and measured on the
 * other: docs/decisions/2026-11-25-reviews-and-refutations.md.
 */
export const SUGGESTED_FROM = 0.5;
/** Of the words that say what happened, a post must say at least this share; a place alone is no claim. */
const LEAST_OF_WHAT = 0.4;
const WHERE_SHARE = 0.3;
/** The post speaks of a reservoir, and not of the one the claim names: likely another. */
const ANOTHER_ONE = 0.75;
const MOST_SUGGESTED = 3;
/** A word that stands in more claims than this tells none of them apart, and would make every post slow. */
const MOST_CLAIMS_A_WORD = 512;
const SHOWN_WORDS = 6;

interface Held extends ReadClaim {
  readonly refutation: Refutation;
}

interface IndexedWord {
  readonly word: string;
  /** Claims that have it, and its place in their list. */
  readonly claims: number[];
}

/**
 * Which published claims a post spreads, by the words both have. Claims are cut once; a post is only walked over, at most four
 * thousand signs of it: each place costs one look, each word found adds its weight to the few claims that have it.
 * One per thread. Never throws on any string.
 */
export class RefutationMatcher {
  readonly size: number;
  readonly #claims: readonly Held[];
  readonly #words = new Map<string, IndexedWord[]>();
  readonly #text: TextReader;
  readonly #denials: CueFinder;
  readonly #labels: readonly string[];

  /** @param cut the tokeniser's; only claims are cut */
  constructor(refutations: readonly Refutation[], weights: Weights, cut: (text: string) => string[]) {
    this.size = refutations.length;
    this.#text = new TextReader(weights.folding);
    const cues = weights.cues.filter(({ label }) => label === 'reply.denial' || label === 'reply.enquiry');
    this.#denials = new CueFinder(cues, weights.folding);
    this.#labels = cues.map(({ label }) => label);
    const read = claimWords(weights, cut);
    this.#claims = refutations.map((refutation) => ({ refutation, ...read(refutation.claim) }));
    const byWord = new Map<string, IndexedWord>();
    this.#claims.forEach(({ what, where }, claim) => {
      for (const { word } of [...what, ...where]) {
        let held = byWord.get(word);
        if (held === undefined) byWord.set(word, (held = { word, claims: [] }));
        if (held.claims.length <= MOST_CLAIMS_A_WORD && held.claims.at(-1) !== claim) held.claims.push(claim);
      }
    });
    for (const held of byWord.values()) {
      if (held.claims.length > MOST_CLAIMS_A_WORD) continue;
      const head = held.word.slice(0, 2);
      this.#words.set(head, [...(this.#words.get(head) ?? []), held]);
    }
  }

  /** Best first, at most three. A text that denies, or that says a thing did not happen, spreads no claim. */
  match(text: string, title?: string): readonly SuggestedMatch[] {
    if (this.size === 0) return [];
    this.#text.read(text, title);
    if (this.#denies()) return [];
    const said = foldedOf(this.#text);
    const found = new Map<number, Map<string, boolean>>();
    for (let at = 0; at + 1 < said.length; at++) {
      for (const { word, claims } of this.#words.get(said.slice(at, at + 2)) ?? []) {
        if (!said.startsWith(word, at)) continue;
        const negated = isNegated(said, at);
        for (const claim of claims) {
          let words = found.get(claim);
          if (words === undefined) found.set(claim, (words = new Map<string, boolean>()));
          words.set(word, (words.get(word) ?? true) && negated);
        }
      }
    }
    const matches = [...found].flatMap(([claim, words]): SuggestedMatch[] => {
      const held = this.#claims[claim];
      const match = held === undefined ? undefined : rate(held, words);
      return match === undefined || held === undefined ? [] : [{ kind: 'suggested', id: held.refutation.id, ...match }];
    });
    return matches.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, MOST_SUGGESTED);
  }

  /** 真的假的 asks and does not deny, though 假的 stands in it. */
  #denies(): boolean {
    this.#denials.find(this.#text);
    const { cues, begins, ends, count } = this.#denials;
    const labelOf = (hit: number): string => this.#labels[cues[hit] as number] ?? '';
    for (let hit = 0; hit < count; hit++) {
      if (labelOf(hit) !== 'reply.denial') continue;
      let asked = false;
      for (let other = 0; other < count && !asked; other++)
        asked =
          labelOf(other) === 'reply.enquiry' &&
          (begins[other] as number) <= (begins[hit] as number) &&
          (ends[other] as number) >= (ends[hit] as number);
      if (!asked) return true;
    }
    return false;
  }
}

/** @param words said, and whether each only ever stood behind a 不 or 没 */
function rate(claim: Held, words: ReadonlyMap<string, boolean>): Pick<SuggestedMatch, 'score' | 'because'> | undefined {
  const share = (of: readonly ClaimWord[]): number => {
    let [all, said] = [0, 0];
    for (const { word, weight } of of) {
      all += weight;
      if (words.has(word)) said += weight;
    }
    return all === 0 ? 1 : said / all;
  };
  const matched = claim.what.filter(({ word }) => words.has(word));
  if (matched.length === 0 || matched.some(({ word, topic, negated }) => topic && !negated && words.get(word) === true))
    return undefined;
  const what = share(claim.what);
  const named = claim.where.filter(({ word }) => !isKindOfPlace(word));
  const kinds = claim.where.filter(({ word }) => isKindOfPlace(word));
  const isAnother =
    named.length > 0 && !named.some(({ word }) => words.has(word)) && kinds.some(({ word }) => words.has(word));
  const whole = claim.where.length === 0 ? what : (1 - WHERE_SHARE) * what + WHERE_SHARE * share(claim.where);
  const score = isAnother ? ANOTHER_ONE * whole : whole;
  // One word in common is not enough, unless it is all there is.
  if (what < LEAST_OF_WHAT || score < SUGGESTED_FROM || (matched.length === 1 && claim.what.length > 2))
    return undefined;
  const both = [...claim.where, ...claim.what].filter(({ word }) => words.has(word)).map(({ word }) => word);
  return {
    score: Math.min(1, Math.round(score * 1_000) / 1_000),
    because: [`都提到${both.slice(0, SHOWN_WORDS).join('、')}`, `说法的要点说到${Math.round(what * 100)}%`],
  };
}

function foldedOf(text: TextReader): string {
  return String.fromCharCode(...text.folded.subarray(0, text.foldedLength));
}
