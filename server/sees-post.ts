import { seesEvidence, seesRegion, type Scope } from '../pipelines/domain/person.ts';
import type { PostId } from '../pipelines/domain/post.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { PostStore } from '../pipelines/ports/post-store.ts';

/** True for a post that lies within the scope, and for one that is shown as evidence of an incident. @throws StoreUnavailable */
export async function seesPost(
  { desk, store }: { readonly desk: DeskStore; readonly store: PostStore },
  scope: Scope,
  id: PostId,
): Promise<boolean> {
  if (scope.regions === 'all') return true;
  const [post] = (await store.find({ ids: [id], limit: 1 })).posts;
  if (post === undefined) return false;
  if (seesRegion(scope, post.region)) return true;
  return desk.incidentsWith(id).some((each) => {
    const incident = desk.incident(each);
    return incident !== undefined && seesEvidence(scope, incident, post.region);
  });
}
