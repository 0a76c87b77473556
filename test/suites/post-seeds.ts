import type { FoldedPost, PostId } from '../../pipelines/domain/post.ts';
import type { PlaceOf } from '../../pipelines/domain/post.ts';
import { regionCode } from '../../pipelines/domain/region.ts';

export const id = (text: string): PostId => text as PostId;

/** 2026-11-23 12:00 in Shanghai. */
export const NOON = Date.UTC(2026, 10, 23, 4);
export const MINUTE = 60_000;

/** A post as the flow hands it to the store; name only what the test is about. Without `group` it is the first of its text. */
export function aFoldedPost(given: Partial<FoldedPost> & { readonly id: PostId }): FoldedPost {
  return {
    platform: 'weibo',
    nativeId: given.id,
    kind: 'post',
    text: '小区又停水了',
    time: NOON,
    seenAt: NOON + MINUTE,
    source: 'test',
    tokens: ['小区', '又', '停水', '了'],
    region: null,
    sentiment: { label: 'neutral', score: 0.5, mood: 'neutral' },
    rumor: { score: 0.1, needsCheck: false },
    need: { kind: null, urgent: false, lifeAtRisk: false, score: 0 },
    duty: [],
    because: [],
    signature: new Uint32Array(0),
    group: given.id,
    ...given,
  };
}

export const placeAt = (code: string, name = '某地'): PlaceOf => ({
  code: regionCode(code),
  name,
  confidence: 1,
  candidates: [{ code: regionCode(code), weight: 1 }],
});
