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
/** A post that says none of a claim's so many rarest words says too little of it. */
const KEYS_A_CLAIM = 6;
/** Where more claims than this share a key they are the same claim over again; the newest stand for all. */
const MOST_CLAIMS_A_KEY = 64;
const SHOWN_WORDS = 6;

interface Held extends ReadClaim {
  readonly refutation: Refutation;
}

interface IndexedWord {
  readonly word: string;
  /** Claims that are looked at where a post says this word: those that have it among their rarest. */
  readonly keyOf: number[];
}

/**
 * Which published claims a post spreads, by the words both have. Claims are cut once; a post is only walked over, at most four
 * thousand signs of it: each place costs one look, and only claims are looked at of which it says one of the rarest words.
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
    const frequency = new Map<string, number>();
    const wordsOf = ({ what, where }: ReadClaim): readonly ClaimWord[] => [...what, ...where];
    for (const claim of this.#claims)
      for (const { word } of wordsOf(claim)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
    const byWord = new Map<string, IndexedWord>();
    this.#claims.forEach((claim, number) => {
      const often = ({ word }: ClaimWord): number => frequency.get(word) ?? 0;
      const rarest = [...wordsOf(claim)].sort((a, b) => often(a) - often(b) || b.weight - a.weight);
      rarest.forEach(({ word }, rank) => {
        let held = byWord.get(word);
        if (held === undefined) byWord.set(word, (held = { word, keyOf: [] }));
        if (rank < KEYS_A_CLAIM && held.keyOf.length < MOST_CLAIMS_A_KEY) held.keyOf.push(number);
      });
    });
    for (const held of byWord.values()) {
      const head = held.word.slice(0, 2);
      const list = this.#words.get(head);
      if (list === undefined) this.#words.set(head, [held]);
      else list.push(held);
    }
  }

  /** Best first, at most three. A text that denies, or that says a thing did not happen, spreads no claim. */
  match(text: string, title?: string): readonly SuggestedMatch[] {
    if (this.size === 0) return [];
    this.#text.read(text, title);
    if (this.#denies()) return [];
    const said = foldedOf(this.#text);
    const words = new Map<string, boolean>();
    const looked = new Set<number>();
    for (let at = 0; at + 1 < said.length; at++) {
      for (const { word, keyOf } of this.#words.get(said.slice(at, at + 2)) ?? []) {
        if (!said.startsWith(word, at)) continue;
        const known = words.get(word);
        words.set(word, (known ?? true) && isNegated(said, at));
        if (known === undefined) for (const claim of keyOf) looked.add(claim);
      }
    }
    const matches = [...looked].flatMap((claim): SuggestedMatch[] => {
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
