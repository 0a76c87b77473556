import type { Incident } from '../pipelines/domain/incident.ts';
import { seesEvidence, withinOf, type Scope } from '../pipelines/domain/person.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { PostStore, StoredPost } from '../pipelines/ports/post-store.ts';

/** The most a store gives at a time. */
const PAGE = 200;
/** The newest evidence that is looked at; an incident with more says that it was cut. */
const MOST = 2_000;

export interface IncidentPosts {
  /** Newest first. */
  readonly posts: readonly StoredPost[];
  /** There are more than were read. */
  readonly cut: boolean;
}

/** The evidence of an incident as far as the asker may see it. @throws StoreUnavailable */
export async function readIncidentPosts(
  { desk, store }: { readonly desk: Pick<DeskStore, 'evidence'>; readonly store: Pick<PostStore, 'find'> },
  scope: Scope,
  incident: Incident,
): Promise<IncidentPosts> {
  const ids = desk.evidence(incident.id, MOST + 1);
  const read: StoredPost[] = [];
  for (let at = 0; at < Math.min(MOST, ids.length); at += PAGE)
    read.push(...(await store.find({ ids: ids.slice(at, Math.min(MOST, at + PAGE)), limit: PAGE })).posts);
  const posts = read.filter(({ region }) => seesEvidence(scope, incident, region)).sort((a, b) => b.time - a.time);
  return { posts, cut: ids.length > MOST };
}

/**
 * Posts of the incident's region in [from, to), whatever they are about: who quotes an answer need not word it like the incident, so
 * the watch may not have counted it. The newest first, at most as many as evidence. @throws StoreUnavailable
 */
export async function readAround(
  { store }: { readonly store: Pick<PostStore, 'find'> },
  scope: Scope,
  { region }: Incident,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<IncidentPosts> {
  if (region === null || from >= to) return { posts: [], cut: false };
  const within = withinOf(scope);
  const posts: StoredPost[] = [];
  let after: string | undefined;
  while (posts.length < MOST) {
    const found = await store.find({
      ...{ region, from, to, limit: PAGE },
      ...(within === undefined ? {} : { within }),
      ...(after === undefined ? {} : { after }),
    });
    posts.push(...found.posts);
    after = found.next;
    if (after === undefined) return { posts, cut: false };
  }
  return { posts, cut: true };
}
