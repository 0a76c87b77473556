import type { Incident } from '../pipelines/domain/incident.ts';
import { seesEvidence, type Scope } from '../pipelines/domain/person.ts';
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
