import { describe, expect, test } from 'vitest';
import { signatureOf } from '../../pipelines/1-intake/signature.ts';
import type { UnderstoodPost } from '../../pipelines/domain/post.ts';
import type { RegionCode } from '../../pipelines/domain/region.ts';
import { askedOf, emptyBatch, packInto, postAt, unpackUnderstood } from '../../server/understood-message.ts';
import { aPost } from '../seeds/posts.ts';

const understood = (text: string, tokens: readonly string[]): UnderstoodPost => ({
  ...aPost({ text }),
  tokens,
  region: null,
  sentiment: { label: 'neutral', score: 0.5, mood: 'neutral' },
  rumor: { score: 0.1, needsCheck: false },
  need: { kind: null, urgent: false, lifeAtRisk: false, score: 0 },
  duty: ['供水'],
  because: [{ label: 'duty.供水', cue: '停水', start: 0, end: 2 }],
  signature: signatureOf(text),
});

const packed = (posts: readonly UnderstoodPost[]) => packInto(emptyBatch(posts.length), posts);

describe('what goes to an understanding thread and back', () => {
  test('a post comes back with all it had and all that was understood', () => {
    const posts = [
      understood('停水三天了没有人管', ['停水', '三天', '了']),
      understood('。', []),
      understood('好', ['好']),
    ];
    const batch = structuredClone(packed(posts));
    expect(unpackUnderstood(posts, batch)).toEqual(posts);
  });

  test('a text that holds the separator keeps its words', () => {
    const posts = [understood('停\u0000水', ['停', '\u0000', '水'])];
    expect(unpackUnderstood(posts, packed(posts))[0]?.tokens).toEqual(['停', '\u0000', '水']);
  });

  test('labels, flags, places and scores come back as they went, also where an answer is packed in parts', () => {
    const base = understood('停水三天了没有人管', ['停水']);
    const posts: UnderstoodPost[] = [
      {
        ...base,
        region: { code: '410325' as RegionCode, name: '河南省洛阳市嵩县', confidence: 0.9, candidates: [] },
        sentiment: { label: 'negative', score: 0.03, mood: 'fear' },
        rumor: { score: 0.91, needsCheck: true },
        need: { kind: '求助', urgent: true, lifeAtRisk: true, score: 0.8 },
        duty: [],
      },
      { ...base, need: { kind: '举报', urgent: true, lifeAtRisk: false, score: 0.7 }, because: [] },
      { ...base, sentiment: { label: 'positive', score: 0.97, mood: 'happy' } },
    ];
    const batch = emptyBatch(posts.length);
    packInto(batch, posts.slice(0, 2));
    packInto(batch, posts.slice(2));
    expect(unpackUnderstood(posts, structuredClone(batch))).toEqual(posts);
  });

  test('only what is read goes to the thread', () => {
    const asked = askedOf([aPost({ text: '停水', url: 'https://example.org/' }), aPost({ text: '路灯', title: '灯' })]);
    expect(postAt(asked, 0)).toMatchObject({ text: '停水', platform: '' });
    expect(postAt(asked, 0).url).toBeUndefined();
    expect(postAt(asked, 0)).not.toHaveProperty('title');
    expect(postAt(asked, 1)).toMatchObject({ text: '路灯', title: '灯' });
  });
});
