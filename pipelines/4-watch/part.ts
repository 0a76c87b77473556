import type { FoldedPost } from '../domain/post.ts';
import type { Concern } from './concern.ts';
import type { Terms } from './terms.ts';
import type { Vector } from './vector.ts';

/** One post of a young cluster, with what it takes to count it anew should it turn out to be of another event. */
export interface Part {
  readonly post: FoldedPost;
  readonly concern: Concern;
  readonly isNewcomer: boolean;
  /** Its heaviest words, its roads and its divisions. */
  readonly terms: Terms;
  copies: number;
}

/** Characters of a text that a title may be cut from. */
export const TEXT_KEPT = 160;

/** Parts kept of a cluster that is no incident (yet), and of one that is. With more it is never taken apart. */
export const PARTS = { before: 8, open: 48 } as const;

/** The terms a part is kept with: as many words as a cluster is looked up by. */
export function heaviestTerms(terms: Terms, vector: Vector): Terms {
  const kept = terms.ids.flatMap((_, at) => (vector.order.includes(at) ? [at] : []));
  return { ...terms, ids: kept.map((at) => terms.ids[at]!), words: kept.map((at) => terms.words[at]!), grams: [] };
}

const NOTHING: readonly never[] = [];
const NO_SIGNATURE = new Uint32Array(0);

/** Without what only other stages read, and no more of its text than a title may be cut from. */
export const slim = ({ post, concern, isNewcomer, terms, copies }: Part): Part => {
  return { post: slimPost(post), concern, isNewcomer, terms, copies };
};

function slimPost(post: FoldedPost): FoldedPost {
  const { id, platform, kind, title, time, parent, root, author, counts, hints, source, region, group } = post;
  const { sentiment, rumor, need, duty } = post;
  return {
    ...{ id, platform, nativeId: '', kind, text: keptOf(post.text), time, seenAt: time, source, group },
    ...{ tokens: NOTHING, because: NOTHING, signature: NO_SIGNATURE, sentiment, rumor, need, duty },
    region:
      region === null ? null : { code: region.code, name: '', confidence: region.confidence, candidates: NOTHING },
    ...(title === undefined ? {} : { title: keptOf(title) }),
    ...(parent === undefined ? {} : { parent }),
    ...(root === undefined ? {} : { root }),
    ...(author === undefined ? {} : { author }),
    ...(counts === undefined ? {} : { counts }),
    ...(hints === undefined ? {} : { hints }),
  };
}

const READER = new TextDecoder('utf-16le');
const UNITS = new Uint16Array(TEXT_KEPT);

/** The beginning of a text. A slice would hold on to the whole of it, so it is written anew. */
function keptOf(text: string): string {
  if (text.length <= TEXT_KEPT) return text;
  for (let at = 0; at < TEXT_KEPT; at++) UNITS[at] = text.charCodeAt(at);
  return READER.decode(UNITS);
}
