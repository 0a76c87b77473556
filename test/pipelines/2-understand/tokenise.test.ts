import { describe, expect, test } from 'vitest';
import { CUT_AT_MOST, partToCut, tokenise } from '../../../pipelines/2-understand/tokenise.ts';
import type { Post } from '../../../pipelines/domain/post.ts';

const post = (text: string): Post => ({
  id: 'id' as Post['id'],
  platform: 'weibo',
  nativeId: '1',
  kind: 'post',
  text,
  time: 0,
  seenAt: 0,
  source: '测试',
});

describe('tokenise', () => {
  test('adds the words and leaves the post as it was, in order', () => {
    const cut = tokenise((text) => [...text]);
    expect(cut([post('停水'), post('停电')])).toEqual([
      { ...post('停水'), tokens: ['停', '水'] },
      { ...post('停电'), tokens: ['停', '电'] },
    ]);
  });

  test('a text made to be long is cut only at its beginning, never through a character', () => {
    const read: string[] = [];
    const cut = tokenise((text) => (read.push(text), []));
    cut([post(`${'水'.repeat(CUT_AT_MOST - 1)}😀停`)]);
    expect(read[0]).toBe('水'.repeat(CUT_AT_MOST - 1));
    expect(partToCut('短')).toBe('短');
  });
});
