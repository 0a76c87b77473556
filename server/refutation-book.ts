import type { Refutation, SuggestedMatch } from '../pipelines/domain/refutation.ts';
import { RefutationMatcher } from '../pipelines/2-understand/match-refutation.ts';
import type { RefutationStore } from '../pipelines/ports/refutation-store.ts';
import { openTokeniser } from './adapters/jieba/open-tokeniser.ts';
import { loadWeights } from './adapters/models/load-weights.ts';
import { gazetteerWords } from './load-gazetteer.ts';

/** The imported refutations, and which of them a text spreads. */
export interface RefutationBook {
  /** Resolves once what is stored can be matched; looks at the store again each time, so an import counts without a restart. */
  ready(): Promise<void>;
  readonly size: number;
  get(id: string): Refutation | undefined;
  /** By what was stored at the last `ready`. */
  match(text: string, title?: string): readonly SuggestedMatch[];
  /** Later posts are matched against it, as a suggestion. Putting the same again changes nothing. */
  put(refutation: Refutation): void;
  close(): void;
}

/** Words and cutter are loaded only once there is a refutation: most offices begin without any. */
export function openRefutationBook(store: RefutationStore): RefutationBook {
  let matcher: RefutationMatcher | undefined;
  let built = -1;
  let building: Promise<void> | undefined;
  const build = async (): Promise<void> => {
    const revision = store.revision();
    const refutations = store.all();
    if (refutations.length === 0) matcher = undefined;
    else {
      const { tokeniser, weights } = await needed();
      matcher = new RefutationMatcher(refutations, weights, (text) => tokeniser.cut(text));
    }
    built = revision;
  };
  return {
    async ready() {
      if (built === store.revision()) return;
      building ??= build().finally(() => (building = undefined));
      await building;
    },
    get size() {
      return matcher?.size ?? 0;
    },
    get: (id) => store.get(id),
    match: (text, title) => matcher?.match(text, title) ?? [],
    put: (refutation) => void store.put([refutation]),
    close: () => store.close(),
  };
}

type Needed = {
  readonly tokeniser: Awaited<ReturnType<typeof openTokeniser>>;
  readonly weights: ReturnType<typeof loadWeights>;
};
let loaded: Promise<Needed> | undefined;
const needed = (): Promise<Needed> =>
  (loaded ??= openTokeniser(gazetteerWords()).then((tokeniser) => ({ tokeniser, weights: loadWeights() })));
