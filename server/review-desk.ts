import { seesRegion, type Scope, type Viewer } from '../pipelines/domain/person.ts';
import type { Post, PostId } from '../pipelines/domain/post.ts';
import { isRegionCode, type RegionCode } from '../pipelines/domain/region.ts';
import {
  agreementOf,
  needsSource,
  standingOf,
  type Correction,
  type DecidedMatch,
  type ReviewDraft,
  type Standing,
} from '../pipelines/domain/review.ts';
import { partToCut } from '../pipelines/2-understand/tokenise.ts';
import type { KnownRegions } from '../pipelines/2-understand/name-regions.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { PostStore, StoredPost } from '../pipelines/ports/post-store.ts';
import type { ReviewStore } from '../pipelines/ports/review-store.ts';
import type { PostRow } from './contract/http.ts';
import type { ReviewBody, ReviewList } from './contract/review.ts';
import type { RefutationBook } from './refutation-book.ts';
import { seesPost } from './sees-post.ts';
import { markRow, matchRows, reviewRow } from './review-views.ts';
import type { ReviewOutcome, Services } from './services.ts';
import type { UnderstandPool } from './understand-pool.ts';

export interface ReviewParts {
  readonly clock: Clock;
  readonly regions: KnownRegions;
  readonly store: PostStore;
  readonly desk: DeskStore;
  readonly reviews: ReviewStore;
  readonly refutations: RefutationBook;
  readonly pool: Pick<UnderstandPool, 'understand' | 'weights' | 'calibration'>;
}

export interface ReviewDesk {
  readonly services: Services['reviews'];
  /** What a row of each post shows beside the judgements: the newest word of people, and refutations it may spread. */
  marksOf(
    posts: readonly Pick<StoredPost, 'id' | 'text' | 'title'>[],
  ): Promise<ReadonlyMap<PostId, Pick<PostRow, 'review' | 'refutations'>>>;
}

/** What a person does with the judgements: corrects them, confirms matches, and reads what was corrected. */
export function buildReviewDesk(parts: ReviewParts): ReviewDesk {
  const { reviews, refutations, regions, store, pool } = parts;

  const standings = (ids: readonly PostId[]): ReadonlyMap<PostId, Standing> => {
    const found = new Map<PostId, Standing>();
    for (const [id, cases] of reviews.of(ids)) {
      const standing = standingOf(cases);
      if (standing !== undefined) found.set(id, standing);
    }
    return found;
  };

  const marksOf: ReviewDesk['marksOf'] = async (posts) => {
    await refutations.ready();
    const said = standings(posts.map((post) => post.id));
    return new Map(
      posts.map((post) => {
        const standing = said.get(post.id);
        const matches = matchRows(refutations.match(post.text, post.title), standing, (id) => refutations.get(id));
        return [
          post.id,
          {
            ...(standing === undefined ? {} : { review: markRow(standing, regions) }),
            ...(refutations.size > 0 || matches.length > 0 ? { refutations: matches } : {}),
          },
        ];
      }),
    );
  };

  async function review({ scope }: Viewer, id: PostId, body: ReviewBody): Promise<ReviewOutcome> {
    const problem = problemWith(body);
    if (problem !== undefined) return { refused: problem };
    const post = (await store.find({ ids: [id], limit: 1 })).posts[0];
    if (post === undefined || !(await seesPost(parts, scope, id))) return { missing: true };
    const matches: DecidedMatch[] = [];
    for (const { id: about, finding } of body.refutations ?? []) {
      const refutation = refutations.get(about);
      if (refutation === undefined)
        return { refused: { where: 'body.refutations', because: `there is no refutation "${about}" here` } };
      matches.push({ ...refutation, finding });
    }
    const draft = await draftOf(post, body, matches);
    const added = reviews.add(draft, body.seen);
    if ('meanwhile' in added) return { meanwhile: reviewRow(added.meanwhile) };
    return { kept: reviewRow(added.kept), marks: (await marksOf([post])).get(post.id) ?? {} };
  }

  /** What no schema can say. */
  function problemWith(body: ReviewBody): { where: string; because: string } | undefined {
    const { seen: _seen, comment: _comment, ...says } = body;
    if (Object.keys(says).length === 0)
      return { where: 'body', because: 'it says nothing of any judgement; give at least one' };
    const { place, rumor } = body;
    if (place !== undefined && place !== null && !(isRegionCode(place) && knows(place)))
      return { where: 'body.place', because: `there is no division "${place}"` };
    if (rumor !== undefined && needsSource(rumor.finding) && (rumor.source?.trim() ?? '') === '')
      return { where: 'body.rumor.source', because: 'a finding about a rumor must name the source it rests on' };
    return undefined;
  }

  /** Villages are not listed one by one, their towns are. */
  const knows = (code: RegionCode): boolean =>
    regions.knows(code) || (code.length === 12 && regions.knows(code.slice(0, 9) as RegionCode));

  async function draftOf(post: StoredPost, body: ReviewBody, matches: readonly DecidedMatch[]): Promise<ReviewDraft> {
    const [read] = await pool.understand([asPost(post)]);
    const { place, mood, need, lifeAtRisk, rumor, duty, comment } = body;
    const says: Correction = {
      ...(place === undefined ? {} : { place: place as RegionCode | null }),
      ...(mood === undefined ? {} : { mood }),
      ...(need === undefined ? {} : { need }),
      ...(lifeAtRisk === undefined ? {} : { lifeAtRisk }),
      ...(rumor === undefined ? {} : { rumor: { ...rumor } }),
      ...(duty === undefined ? {} : { duty }),
    };
    return {
      post: post.id,
      at: parts.clock.now(),
      // Nothing beyond this was read when it was judged, so nothing beyond it can be learned from.
      text: partToCut(post.text),
      ...(post.title === undefined ? {} : { title: partToCut(post.title) }),
      ...(post.authorKind === undefined ? {} : { authorKind: post.authorKind }),
      weights: pool.weights,
      calibration: pool.calibration,
      machine: {
        place: post.region,
        sentiment: post.sentiment,
        mood: post.mood,
        positive: read?.sentiment.score ?? 0.5,
        need: post.need,
        needScore: read?.need.score ?? 0,
        urgent: post.urgent,
        lifeAtRisk: read?.need.lifeAtRisk ?? false,
        rumor: post.rumor,
        needsCheck: post.needsCheck,
        duty: post.duty,
      },
      says,
      matches,
      ...(comment === undefined ? {} : { comment }),
    };
  }

  /** Cases whose post was placed within the scope, by the machine or by who reviewed it; agreement is of these alone. */
  function listWithin(scope: Scope, limit: number, before = Infinity): ReviewList {
    const own = [...reviews.all()].filter(({ says, machine }) =>
      seesRegion(scope, says.place === undefined ? machine.place : says.place),
    );
    const older = own.filter(({ id }) => id < before).reverse();
    const page = older.slice(0, limit);
    const last = page.at(-1);
    return {
      total: own.length,
      reviews: page.map(reviewRow),
      ...(older.length > limit && last !== undefined ? { next: last.id } : {}),
      agreement: [...agreementOf(own)],
    };
  }

  return {
    marksOf,
    services: {
      review: (viewer, id, body) => review(viewer, id as PostId, body),
      list(scope, limit, before) {
        if (scope.regions !== 'all') return listWithin(scope, limit, before);
        const page = reviews.list({ limit, ...(before === undefined ? {} : { before }) });
        const last = page.at(-1);
        return {
          total: reviews.count(),
          reviews: page.map(reviewRow),
          ...(page.length < limit || last === undefined ? {} : { next: last.id }),
          agreement: [...agreementOf(reviews.all())],
        };
      },
    },
  };
}

/** A stored post as understanding takes it; of its author only the kind is known. */
export const asPost = (post: StoredPost): Post => ({
  id: post.id,
  platform: post.platform,
  nativeId: post.id,
  kind: post.kind,
  text: post.text,
  ...(post.title === undefined ? {} : { title: post.title }),
  time: post.time,
  seenAt: post.seenAt,
  source: post.source,
  ...(post.authorKind === undefined ? {} : { author: { key: '', kind: post.authorKind } }),
});
