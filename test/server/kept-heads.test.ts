import { deserialize, serialize } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { SIGNATURE_LENGTH, signaturesOf } from '../../pipelines/1-intake/signature.ts';
import type { PostId } from '../../pipelines/domain/post.ts';
import { KeptHeads, type Head } from '../../server/kept-heads.ts';

const texts = ['停水三天了没有人管', '路灯全都不亮了怎么办', '公交车半小时没来一班', '小区门口的树倒了拦路'];

function keptOf(most: number, count: number): { heads: KeptHeads; given: Head[] } {
  const heads = new KeptHeads(most);
  const given: Head[] = [];
  signaturesOf(texts.slice(0, count)).forEach((signature, at) => {
    const id = `post-${at}` as PostId;
    heads.add(id, signature, undefined);
    given.push([id, signature.slice(), undefined]);
  });
  return { heads, given };
}

describe('the heads a snapshot keeps', () => {
  test('come back as they went in, oldest first', () => {
    const { heads, given } = keptOf(8, 3);
    expect(heads.list()).toEqual(given);
  });

  test('beyond the most, the oldest go', () => {
    const { heads, given } = keptOf(3, 4);
    expect(heads.list()).toEqual(given.slice(1));
  });

  test('are written with their own signature alone, not with the array it lies in', () => {
    const { heads, given } = keptOf(4_000, 2);
    const bytes = serialize(heads.list());
    expect(bytes.length).toBeLessThan(4 * SIGNATURE_LENGTH * Uint32Array.BYTES_PER_ELEMENT);
    expect(deserialize(bytes)).toEqual(given);
  });
});
