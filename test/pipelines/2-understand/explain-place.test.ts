import { describe, expect, test } from 'vitest';
import { placeReasons } from '../../../pipelines/2-understand/explain-place.ts';
import { placeOf } from '../../../pipelines/2-understand/locate.ts';
import type { Post, Reason } from '../../../pipelines/domain/post.ts';
import { loadGazetteer } from '../../../server/load-gazetteer.ts';

const gazetteer = loadGazetteer();
const reasonsOf = (text: string, hints?: Post['hints']): Reason[] =>
  placeReasons(gazetteer, text, [], placeOf(gazetteer, text, [], hints));

describe('why a post is where it is', () => {
  test('names each word of the address once, with its place in the text', () => {
    const text = '洛阳市洛龙区停水，洛龙区供水公司未回应';
    expect(reasonsOf(text)).toEqual([
      { label: '410311', cue: '洛阳市', start: 0, end: 3 },
      { label: '410311', cue: '洛龙区', start: 3, end: 6 },
    ]);
  });

  test('marks the text as it was written, hidden characters and all', () => {
    const text = '昨晚洛\u200b阳市洛龙区停水';
    const [first] = reasonsOf(text);
    expect(first).toMatchObject({ start: 2, end: 6, cue: '洛\u200b阳市' });
  });

  test('does not name places that speak against it, nor words where only the source said it', () => {
    expect(reasonsOf('自武汉来沪人员在浦东新区隔离').map(({ cue }) => cue)).not.toContain('武汉');
    expect(reasonsOf('小区停水', { province: '四川' })).toEqual([]);
  });
});
