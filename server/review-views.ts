import type { Refutation, SuggestedMatch } from '../pipelines/domain/refutation.ts';
import type { Correction, DecidedMatch, ReviewedCase, Standing } from '../pipelines/domain/review.ts';
import { mask } from '../pipelines/1-intake/mask.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';
import type { PostRow } from './contract/http.ts';
import type { ConfirmedRow, ReviewMark, ReviewRow, SuggestedRow } from './contract/review.ts';

/** Reviews and matches as the contract shows them, masked like every post on a screen. Pure. */
const iso = (time: number): string => new Date(time).toISOString();

type Shown = Pick<DecidedMatch, 'id' | 'claim' | 'verdict' | 'source' | 'url' | 'publishedAt'>;
const shown = ({ id, claim, verdict, source, url, publishedAt }: Shown) => ({
  id,
  claim,
  verdict,
  source,
  ...(url === undefined ? {} : { url }),
  publishedAt: iso(publishedAt),
});

const said = ({
  duty,
  rumor,
  ...rest
}: Correction): Omit<Correction, 'duty' | 'rumor'> & Pick<ReviewMark, 'duty' | 'rumor'> => ({
  ...rest,
  ...(rumor === undefined ? {} : { rumor: { ...rumor } }),
  ...(duty === undefined ? {} : { duty: [...duty] }),
});

export const markRow = (standing: Standing, names: RegionNames): ReviewMark => ({
  ...said(standing.says),
  ...(standing.says.place === undefined || standing.says.place === null
    ? {}
    : { placeName: names.regionName(standing.says.place) }),
  last: standing.last,
  at: iso(standing.at),
  cases: standing.cases,
  ...(standing.comment === undefined ? {} : { comment: standing.comment }),
});

export const reviewRow = (one: ReviewedCase): ReviewRow => ({
  id: one.id,
  post: one.post,
  at: iso(one.at),
  text: mask(one.text),
  ...(one.title === undefined ? {} : { title: mask(one.title) }),
  ...(one.authorKind === undefined ? {} : { authorKind: one.authorKind }),
  weights: one.weights,
  calibration: one.calibration,
  machine: { ...one.machine, duty: [...one.machine.duty] },
  says: said(one.says),
  refutations: one.matches.map((match) => ({ ...shown(match), finding: match.finding })),
  ...(one.comment === undefined ? {} : { comment: mask(one.comment) }),
});

/** Confirmed ones first, as they read when they were confirmed; a match that a person rejected is suggested no more. */
export function matchRows(
  suggested: readonly SuggestedMatch[],
  standing: Standing | undefined,
  refutationOf: (id: string) => Refutation | undefined,
): NonNullable<PostRow['refutations']> {
  const decided = standing?.matches ?? [];
  const confirmed = decided
    .filter(({ finding }) => finding === 'confirmed')
    .map((match): ConfirmedRow => ({
      kind: 'confirmed',
      ...shown(match),
      confirmedAt: iso(match.decidedAt),
      review: match.review,
    }));
  const open = suggested.flatMap(({ id, score, because }): SuggestedRow[] => {
    const refutation = refutationOf(id);
    if (refutation === undefined || decided.some((match) => match.id === id)) return [];
    return [{ kind: 'suggested', ...shown(refutation), score, because: [...because] }];
  });
  return [...confirmed, ...open];
}
