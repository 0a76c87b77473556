import type { LocatedPost, PlaceOf, Post, RegionCandidate, TokenisedPost } from '../domain/post.ts';
import type { RegionCode } from '../domain/region.ts';
import { each, withMembers, type Stage } from '../stage.ts';
import { isWithin, type Divisions } from './divisions.ts';
import type { Gazetteer } from './gazetteer.ts';
import { NAME } from './place-names.ts';
import { weighMentions, type Vote } from './place-votes.ts';
import { edgesIn, readMentions, type Mention } from './read-mentions.ts';
import { splitNames } from './split-names.ts';
import { isDateline } from './weigh-roles.ts';

export type { Gazetteer } from './gazetteer.ts';

export interface LocateOptions {
  /** The office's own region: settles shared names, unless the text names another place. */
  readonly home?: RegionCode;
}

/** UTF-16 units read for places; what a post is about stands at its beginning. */
export const READ_AT_MOST = 4_000;
/** Less evidence than this (a university's name, an origin) is no place. */
const LEAST = 0.3;
/** A part of a division is the answer only with this share of what its parts say; else the whole is. */
const PART = 0.58;
/** A province leads the others with this share, or the text is about several of them. */
const LEADING = 0.4;
/** Names abroad must outweigh a text that begins at home, or says that it happens there, by this much. */
const ABROAD = 1.6;
/** A part that is named this much less than the whole itself is named in passing (浙江 … 发布会在杭州召开). */
const ASIDE = 0.35;
const HINT_CONFIDENCE = 0.3;
const MOST_CANDIDATES = 5;

/** Adds where the event of each post is. Never throws; posts without a place get null. */
export const locate = (gazetteer: Gazetteer, options: LocateOptions = {}): Stage<TokenisedPost, LocatedPost> =>
  each((post) => withMembers(post, { region: placeOf(gazetteer, readable(post), post.tokens, post.hints, options) }));

/** Titles say where as often as texts do; a text that repeats its title is read once. */
function readable(post: TokenisedPost): string {
  const { title, text } = post;
  return title === undefined || title === '' || text.startsWith(title) ? text : `${text}\n${title}`;
}

/**
 * Where the event that a text tells of is: the deepest division with evidence, with all readings still possible.
 *
 * @param tokens the text's words in order (they keep a name inside a longer word from counting); may be empty.
 * @param hints what the source says of the author or the post; heard where the text is silent or ambiguous.
 */
export function placeOf(
  gazetteer: Gazetteer,
  text: string,
  tokens: readonly string[],
  hints: Post['hints'],
  options: LocateOptions = {},
): PlaceOf | null {
  const { divisions } = gazetteer;
  const read = text.length > READ_AT_MOST ? text.slice(0, READ_AT_MOST) : text;
  const folded = gazetteer.fold(read);
  const edges = edgesIn(folded, read, tokens);
  const mentions = readMentions(gazetteer, folded.text, edges);
  const poi = hintNode(gazetteer, hints?.poi);
  const hint = poi >= 0 ? poi : hintNode(gazetteer, hints?.province);
  const home = options.home === undefined ? -1 : (divisions.nodeOf.get(options.home) ?? -1);
  const placed = (found: readonly Mention[]): ReturnType<typeof decide> =>
    decide(divisions, weighMentions(divisions, folded.text, found, { hint, home }));
  const decided = placed(mentions) ?? (edges === null ? null : placed(splitNames(gazetteer, folded.text, edges)));
  if (decided === 'abroad') return null;
  if (decided !== null) return placeFrom(gazetteer, decided.node, decided.confidence, decided.candidates);
  if (
    mentions.some(({ name }) => name.kind === NAME.generic) &&
    home >= 0 &&
    (hint < 0 || isWithin(divisions, home, hint))
  ) {
    return placeFrom(gazetteer, home, HINT_CONFIDENCE, [{ node: home, share: HINT_CONFIDENCE }]);
  }
  if (hint < 0) return null;
  return placeFrom(gazetteer, hint, HINT_CONFIDENCE, [{ node: hint, share: HINT_CONFIDENCE }]);
}

interface Decided {
  readonly node: number;
  readonly confidence: number;
  readonly candidates: readonly { readonly node: number; readonly share: number }[];
}

function decide(divisions: Divisions, votes: readonly Vote[]): Decided | 'abroad' | null {
  // Most posts name no place at all.
  if (votes.length === 0) return null;
  const totals = new Map<number, number>();
  const own = new Map<number, number>();
  const loudest = new Map<number, number>();
  let abroad = 0;
  let home = 0;
  for (const { mention, readings, weight } of votes) {
    if (mention.name.kind === NAME.abroad) {
      abroad += weight;
      continue;
    }
    home += readings.length > 0 ? weight : 0;
    for (const { node, share } of readings) {
      own.set(node, (own.get(node) ?? 0) + weight * share);
      loudest.set(node, Math.max(loudest.get(node) ?? 0, weight * share));
      for (let at = node; at >= 0; at = divisions.parents[at] ?? -1)
        totals.set(at, (totals.get(at) ?? 0) + weight * share);
    }
  }
  if (home < LEAST) return abroad > 0 ? 'abroad' : null;
  if (abroad > home * (beginsAtHome(votes) || isSetAtHome(votes) ? ABROAD : 1)) return 'abroad';
  let at = -1;
  for (let down = best(divisions, totals, -1); down !== null; down = best(divisions, totals, down.node)) {
    if (down.weight < LEAST * 0.66) break;
    if (at >= 0 && (down.weight < PART * down.sum || down.weight < ASIDE * (loudest.get(at) ?? 0))) break;
    if (at < 0 && down.weight < LEADING * down.sum) return null;
    at = down.node;
  }
  if (at < 0) return null;
  const candidates = [...own]
    .map(([node, weight]) => ({ node, share: weight / (home + abroad) }))
    .filter(({ share }) => share > 0.02)
    .sort((a, b) => b.share - a.share);
  // What was said of the regions around the winner agrees with it.
  let agreeing = totals.get(at) ?? 0;
  for (let up = divisions.parents[at] ?? -1; up >= 0; up = divisions.parents[up] ?? -1) agreeing += own.get(up) ?? 0;
  const confidence = Math.min(1, agreeing / (home + abroad));
  return { node: at, confidence, candidates };
}

const beginsAtHome = (votes: readonly Vote[]): boolean =>
  (votes.find(({ weight }) => weight >= LEAST)?.readings.length ?? 0) > 0;

/** 降落在南京, 近日，江西: said in so many words. */
const isSetAtHome = (votes: readonly Vote[]): boolean =>
  votes.some(({ mention, readings, weight }) => {
    return readings.length > 0 && weight >= LEAST && (mention.before === 'event' || isDateline(mention));
  });

function best(
  divisions: Divisions,
  totals: ReadonlyMap<number, number>,
  parent: number,
): { node: number; weight: number; sum: number } | null {
  let node = -1;
  let weight = 0;
  let sum = 0;
  for (const [at, total] of totals) {
    if ((divisions.parents[at] ?? -1) !== parent) continue;
    sum += total;
    if (total > weight) {
      weight = total;
      node = at;
    }
  }
  return node < 0 ? null : { node, weight, sum };
}

function hintNode(gazetteer: Gazetteer, hint: string | undefined): number {
  if (hint === undefined || hint === '') return -1;
  const { text } = gazetteer.fold(hint.slice(0, 100));
  const mentions = readMentions(gazetteer, text, null);
  const decided = decide(
    gazetteer.divisions,
    weighMentions(gazetteer.divisions, text, mentions, { hint: -1, home: -1 }),
  );
  return decided === null || decided === 'abroad' ? -1 : decided.node;
}

function placeFrom(gazetteer: Gazetteer, node: number, confidence: number, candidates: Decided['candidates']): PlaceOf {
  const { codes } = gazetteer.divisions;
  const code = codes[node] as RegionCode;
  const listed: RegionCandidate[] = [{ code, weight: round(confidence) }];
  let left = 1 - confidence;
  for (const candidate of candidates) {
    if (listed.length >= MOST_CANDIDATES) break;
    const other = codes[candidate.node] as RegionCode;
    if (isWithin(gazetteer.divisions, node, candidate.node) || isWithin(gazetteer.divisions, candidate.node, node))
      continue;
    const weight = Math.min(left, candidate.share);
    if (weight < 0.01) continue;
    listed.push({ code: other, weight: round(weight) });
    left -= weight;
  }
  return { code, name: gazetteer.regionName(code), confidence: round(confidence), candidates: listed };
}

/** Down, so that the candidates' weights never add up to more than 1. */
const round = (share: number): number => Math.floor(share * 1000) / 1000;
