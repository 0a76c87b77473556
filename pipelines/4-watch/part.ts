import type { Concern } from './concern.ts';
import type { Counted } from './counted.ts';
import { placesOf, wordId, type Terms } from './terms.ts';
import type { Vector } from './vector.ts';

/** One post of a young cluster, with what it takes to count it anew should it turn out to be of another event. */
export interface Part {
  readonly post: Counted;
  readonly concern: Concern;
  readonly isNewcomer: boolean;
  /** Its heaviest words, as many as a cluster is looked up by. */
  readonly words: readonly string[];
  /** Its roads and estates, and the same in its own city (`Terms`). */
  readonly spots: readonly number[];
  readonly spotsHere: readonly number[];
  copies: number;
}

/** Characters of a text that a title may be cut from. */
export const TEXT_KEPT = 160;

/** Parts kept of a cluster that is no incident (yet), and of one that is. With more it is never taken apart. */
export const PARTS = { before: 8, open: 48 } as const;

/** The words a part is kept with. */
export function heaviestWords({ words }: Terms, { order }: Vector): string[] {
  const kept: number[] = [];
  for (let at = 0; at < words.length; at++) if (order.includes(at)) kept.push(at);
  // `map` takes just the room it needs, where an array that was pushed to has room for sixteen more.
  return kept.map((at) => words[at]!);
}

/** What a part says, as it is looked up: hashes are made again from its words and its place, since few parts are ever asked. */
export const termsOfPart = ({ post, words, spots, spotsHere }: Part): Terms => ({
  ids: words.map(wordId),
  words,
  grams: [],
  spots,
  spotsHere,
  places: placesOf(post.region),
});

/** Without what only other stages read, and no more of its text than a title may be cut from. */
export const slim = ({ post, concern, isNewcomer, words, spots, spotsHere, copies }: Part): Part => {
  return { post: slimPost(post), concern, isNewcomer, words, spots, spotsHere, copies };
};

/** One literal with every member, so that all kept posts are laid out alike: put together by spreading, each had a layout of its own (500 bytes). */
const slimPost = (post: Counted): Counted => ({
  id: post.id,
  platform: post.platform,
  source: post.source,
  kind: post.kind,
  text: keptOf(post.text),
  title: post.title === undefined ? undefined : keptOf(post.title),
  time: post.time,
  group: post.group,
  parent: post.parent,
  root: post.root,
  author: post.author,
  counts: post.counts,
  hints: post.hints,
  region: post.region === null ? null : { code: post.region.code, confidence: post.region.confidence },
  sentiment: post.sentiment,
  rumor: post.rumor,
  need: post.need,
  duty: post.duty,
});

const READER = new TextDecoder('utf-16le');
const UNITS = new Uint16Array(TEXT_KEPT);

/** The beginning of a text. A slice would hold on to the whole of it, so it is written anew. */
function keptOf(text: string): string {
  if (text.length <= TEXT_KEPT) return text;
  for (let at = 0; at < TEXT_KEPT; at++) UNITS[at] = text.charCodeAt(at);
  return READER.decode(UNITS);
}
