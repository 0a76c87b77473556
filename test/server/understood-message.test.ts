import { describe, expect, test } from 'vitest';
import { signatureOf } from '../../pipelines/1-intake/signature.ts';
import type { UnderstoodPost } from '../../pipelines/domain/post.ts';
import { askedOf, packUnderstood, postOf, unpackUnderstood } from '../../server/understood-message.ts';
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

describe('what goes to an understanding thread and back', () => {
  test('a post comes back with all it had and all that was understood', () => {
    const posts = [
      understood('停水三天了没有人管', ['停水', '三天', '了']),
      understood('。', []),
      understood('好', ['好']),
    ];
    const batch = structuredClone(packUnderstood(posts));
    expect(unpackUnderstood(posts, batch)).toEqual(posts);
  });

  test('a text that holds the separator keeps its words', () => {
    const posts = [understood('停\u0000水', ['停', '\u0000', '水'])];
    expect(unpackUnderstood(posts, packUnderstood(posts))[0]?.tokens).toEqual(['停', '\u0000', '水']);
  });

  test('a signature is its own, not a view into the whole batch', () => {
    const posts = [understood('停水三天了没有人管', ['停水']), understood('路灯全都不亮了怎么办', ['路灯'])];
    const [first] = unpackUnderstood(posts, packUnderstood(posts));
    expect(first?.signature.buffer.byteLength).toBe(first?.signature.byteLength);
  });

  test('only what is read goes to the thread', () => {
    const { id: _id, ...asked } = postOf(askedOf(aPost({ text: '停水', url: 'https://example.org/' })));
    expect(asked).toMatchObject({ text: '停水', platform: '' });
    expect(asked.url).toBeUndefined();
  });
});
