import type { FoldedPost, PostId } from '../pipelines/domain/post.ts';
import type { IncidentId } from '../pipelines/domain/incident.ts';
import { seesIncident, type Scope } from '../pipelines/domain/person.ts';
import { TIERS } from '../pipelines/domain/tier.ts';
import { drawCascade } from '../pipelines/4-watch/draw-cascade.ts';
import { linkPosts } from '../pipelines/4-watch/link-posts.ts';
import { pictureSpread } from '../pipelines/4-watch/picture-spread.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { LinkBook, PostLink } from '../pipelines/ports/link-book.ts';
import { StoreUnavailable, type PostStore, type StoredPost } from '../pipelines/ports/post-store.ts';
import type { BatchFollower } from './batch-follower.ts';
import type { SpreadBody } from './contract/history.ts';
import { postRow } from './views.ts';

export interface SpreadParts {
  readonly desk: DeskStore;
  readonly store: PostStore;
  readonly links: LinkBook;
  readonly idOf: (platform: string, nativeId: string) => PostId;
}

const PAGE = 200;
/** A picture is made of the earliest evidence: how an incident spread is told by how it began. */
const PICTURED = 5_000;
const WEEK = 7 * 86_400_000;
/** Links looked at for forgetting beside each batch: more than a batch brings. */
const FORGOTTEN = 500;

const iso = (at: number): string => new Date(at).toISOString();
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Keeps which post forwards which, for a week of event time or, where it is evidence, for good; and draws an incident's spread from it. */
export class SpreadDesk implements BatchFollower {
  readonly #parts: SpreadParts;
  #watermark = 0;

  constructor(parts: SpreadParts) {
    this.#parts = parts;
  }

  take(posts: readonly FoldedPost[]): void {
    const { links, desk, idOf } = this.#parts;
    const found: PostLink[] = [];
    for (const { id, platform, parent, root, time } of posts) {
      this.#watermark = Math.max(this.#watermark, time);
      if (parent === undefined && root === undefined) continue;
      found.push({
        post: id,
        ...(parent === undefined ? {} : { parent: idOf(platform, parent) }),
        ...(root === undefined ? {} : { root: idOf(platform, root) }),
        at: time,
      });
    }
    links.record(found);
    const old = links.older(this.#watermark - WEEK, FORGOTTEN);
    if (old.length > 0) links.settle(old, desk.evidenceAmong(old));
  }

  save(): number {
    return this.#watermark;
  }

  load(state: unknown): void {
    this.#watermark = Number(state);
  }

  async of(id: string, scope: Scope): Promise<SpreadBody | undefined> {
    const { desk, links } = this.#parts;
    const incident = desk.incident(id as IncidentId);
    if (incident === undefined || !seesIncident(scope, incident)) return undefined;
    const ids = desk.earliestEvidence(incident.id, PICTURED);
    const hours = desk.evidenceHours(incident.id);
    const of = hours.reduce((sum, { posts }) => sum + posts, 0);
    const { posts, trouble } = await this.#stored(ids);
    const pictured = linkPosts(
      posts.map(({ id, time, kind, authorKind, region }) => ({
        ...{ id, time, kind, region },
        ...(authorKind === undefined ? {} : { author: authorKind }),
      })),
      links.of(ids),
    );
    const picture = pictureSpread(pictured);
    const drawing = drawCascade(pictured);
    const byId = new Map(posts.map((post) => [post.id, post]));
    const row = (post: PostId | null): SpreadBody['first'] => {
      const found = post === null ? undefined : byId.get(post);
      return found === undefined ? null : postRow(found, 1);
    };
    const { size, depth, meanDepth, structuralVirality } = picture.cascade;
    return {
      posts: picture.posts,
      of,
      linked: pictured.filter(({ parent }) => parent !== undefined).length,
      cascade: { size, depth, meanDepth: rounded(meanDepth), structuralVirality: rounded(structuralVirality) },
      drawing:
        drawing === null
          ? null
          : {
              from: iso(drawing.from),
              to: iso(drawing.to),
              stepMinutes: drawing.stepMs / 60_000,
              deepest: drawing.deepest,
              cells: drawing.cells.map(({ at, ...cell }) => ({ at: iso(at), ...cell })),
            },
      places: TIERS.flatMap((tier) => {
        const count = picture.places[tier];
        return count === undefined ? [] : [{ tier, count }];
      }),
      first: row(picture.first),
      firstMedia: row(picture.firstMedia),
      firstHotlist: row(picture.firstHotlist),
      turningPoints: picture.turningPoints.map(({ at, kind, before, after }) => ({
        ...{ at: iso(at), kind },
        ...{ before: rounded(before), after: rounded(after) },
      })),
      hours: hours.map(({ at, posts }) => ({ at: iso(at), posts })),
      ...(trouble === undefined ? {} : { trouble }),
    };
  }

  async #stored(ids: readonly PostId[]): Promise<{ readonly posts: StoredPost[]; readonly trouble?: string }> {
    const posts: StoredPost[] = [];
    try {
      for (let at = 0; at < ids.length; at += PAGE)
        posts.push(...(await this.#parts.store.find({ ids: ids.slice(at, at + PAGE), limit: PAGE })).posts);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return { posts, trouble: '检索库暂不可用，图只由已读到的帖文画出' };
    }
    return { posts };
  }
}
