import { seesEvidence, type Scope } from '../pipelines/domain/person.ts';
import type { PostId } from '../pipelines/domain/post.ts';
import { mask } from '../pipelines/1-intake/mask.ts';
import type { IncidentFacts } from '../pipelines/6-report/facts.ts';
import type { PostStore, StoredPost } from '../pipelines/ports/post-store.ts';

const READ = 200;
const LABELS: Readonly<Record<string, string>> = { 咨询: '问', 投诉: '诉', 求助: '求', 建议: '盼', 举报: '报' };

/** What people say of an incident within a scope, by what they ask for: of each kind the text that most say alike, masked. @throws StoreUnavailable */
export async function readVoices(
  store: Pick<PostStore, 'find'>,
  scope: Scope,
  { incident, posts: ids }: Pick<IncidentFacts, 'incident' | 'posts'>,
): Promise<IncidentFacts['voices']> {
  if (ids.length === 0) return [];
  const found = await store.find({ ids, limit: READ });
  const posts = found.posts
    .filter(({ region }) => seesEvidence(scope, incident, region))
    // Posts of one moment come in any order from a store: here in one.
    .sort((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1));
  const groups = new Map<PostId, StoredPost[]>();
  for (const post of posts) groups.set(post.group, [...(groups.get(post.group) ?? []), post]);
  const byKind = new Map<string, StoredPost[][]>();
  for (const group of groups.values()) {
    const label = LABELS[group[0]!.need ?? ''] ?? '说';
    byKind.set(label, [...(byKind.get(label) ?? []), group]);
  }
  return [...byKind]
    .map(([label, of]) => {
      const loudest = [...of].sort((a, b) => b.length - a.length || a[0]!.time - b[0]!.time)[0]!;
      const post = loudest.at(-1)!;
      return {
        label,
        share: of.length / groups.size,
        text: cut(mask(post.text)),
        copies: loudest.length,
        post: post.id,
      };
    })
    .sort((a, b) => b.share - a.share || (a.post < b.post ? -1 : 1));
}

const VOICE_LENGTH = 60;
const cut = (text: string): string => {
  const signs = [...text.replaceAll(/\s+/gu, ' ').trim()];
  return signs.length <= VOICE_LENGTH ? signs.join('') : `${signs.slice(0, VOICE_LENGTH).join('')}…`;
};
