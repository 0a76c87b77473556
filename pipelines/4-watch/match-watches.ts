import { matchesPost, type PostMatch, type ReadPost } from '../domain/post-match.ts';

type Index = Map<string, number[]>;

/**
 * Thousands of saved questions asked of one post at a time. Each question hangs on as few things as can let it match (its longest
 * required word, or one word of each alternative, or its places, needs, duties, kinds); a post wakes those that hang on what it has,
 * and only they are judged in full. A question that asks nothing matches nothing.
 */
export class WatchMatcher {
  readonly #matches: readonly PostMatch[];
  readonly #byWord: Index = new Map();
  readonly #byPlace: Index = new Map();
  readonly #byNeed: Index = new Map();
  readonly #byDuty: Index = new Map();
  readonly #byKind: Index = new Map();
  /** The post that each question was last woken for. */
  readonly #wokenFor: Uint32Array;
  #turn = 0;

  constructor(matches: readonly PostMatch[]) {
    this.#matches = matches;
    this.#wokenFor = new Uint32Array(matches.length);
    for (const [at, match] of matches.entries()) this.#hang(at, match);
  }

  #hang(at: number, { all, any, regions, needs, duties, kinds }: PostMatch): void {
    const required = all.flat();
    if (required.length > 0) hangOn(this.#byWord, longest(required), at);
    else if (any.length > 0) for (const term of any) hangOn(this.#byWord, longest(term), at);
    else if (regions.length > 0) for (const region of regions) hangOn(this.#byPlace, region, at);
    else if (duties.length > 0) for (const duty of duties) hangOn(this.#byDuty, duty, at);
    else if (needs.length > 0) for (const need of needs) hangOn(this.#byNeed, need, at);
    else for (const kind of kinds) hangOn(this.#byKind, kind, at);
  }

  /** Places in the list of questions, of those that take the post. */
  match(post: ReadPost): readonly number[] {
    if (++this.#turn > 0xffff_fffe) {
      this.#wokenFor.fill(0);
      this.#turn = 1;
    }
    const found: number[] = [];
    for (const word of post.words) this.#wake(this.#byWord.get(word), post, found);
    for (const region of post.path) this.#wake(this.#byPlace.get(region), post, found);
    for (const duty of post.duty) this.#wake(this.#byDuty.get(duty), post, found);
    if (post.need !== null) this.#wake(this.#byNeed.get(post.need), post, found);
    this.#wake(this.#byKind.get(post.kind), post, found);
    return found;
  }

  #wake(hanging: readonly number[] | undefined, post: ReadPost, found: number[]): void {
    if (hanging === undefined) return;
    for (const at of hanging) {
      if (this.#wokenFor[at] === this.#turn) continue;
      this.#wokenFor[at] = this.#turn;
      if (matchesPost(this.#matches[at]!, post)) found.push(at);
    }
  }
}

function hangOn(index: Index, name: string, at: number): void {
  const list = index.get(name);
  if (list === undefined) index.set(name, [at]);
  else if (list.at(-1) !== at) list.push(at);
}

/** Long words are rarer than short ones. */
const longest = (words: readonly string[]): string =>
  words.reduce((best, word) => (word.length > best.length ? word : best), '');
