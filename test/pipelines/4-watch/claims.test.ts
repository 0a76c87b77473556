import { describe, expect, test } from 'vitest';
import { claimOf, countClaim, mergeClaims, newClaims } from '../../../pipelines/4-watch/claims.ts';
import { aPost, HOUR, MONDAY } from '../../seeds/posts.ts';

const heard = (text: string, minutes = 0) => aPost({ text, time: MONDAY + minutes * 60_000 });

describe('a claim', () => {
  test('is a sentence of the first post that words it so', () => {
    const claims = newClaims();
    for (const [at, text] of [
      '大家注意了！网传城东水厂的水被污染不能喝。群里吵翻了',
      '网传城东水厂的水被污染不能喝，真的假的？',
      '听说南关桥要塌了。',
      '听说城东水厂的水被污染不能喝了吗',
    ].entries())
      countClaim(claims, heard(text, at), true);
    const claim = claimOf(claims)!;
    expect(claim).toMatchObject({ text: '网传城东水厂的水被污染不能喝', posts: 3, firstAt: MONDAY });
    expect(claim.variants.map(({ text }) => text)).toEqual(['听说南关桥要塌了']);
  });

  test('keeps its first appearance also where that comes late', () => {
    const claims = newClaims();
    countClaim(claims, heard('网传城东水厂的水被污染不能喝', 30), true);
    const first = heard('网传城东水厂的水被污染不能喝啊', 5);
    countClaim(claims, first, true);
    expect(claimOf(claims)).toMatchObject({ post: first.id, posts: 2 });
  });

  test('counts by the hour who asks and who denies; who asks for a denial asks', () => {
    const claims = newClaims();
    for (const text of ['是真的吗', '求辟谣', '已经辟谣了，别信', '在路上']) countClaim(claims, heard(text), false);
    countClaim(claims, heard('造谣的人该管管', 90), false);
    mergeClaims(claims, newClaims());
    countClaim(claims, heard('网传城东水厂的水被污染不能喝', 90), true);
    expect(claimOf(claims)!.curve).toEqual([
      { at: MONDAY, posts: 4, asking: 2, denying: 1 },
      { at: MONDAY + HOUR, posts: 2, asking: 0, denying: 1 },
    ]);
  });

  test('is none where nobody passes anything on', () => {
    expect(claimOf(newClaims())).toBeUndefined();
  });
});
