import fc from 'fast-check';
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

  test('marks a name whose characters stand apart, and one written as its halves', () => {
    const apart = '求助！洛 阳 停水';
    const words = ['求助', '！', '洛', '阳', '停水'];
    expect(placeReasons(gazetteer, apart, words, placeOf(gazetteer, apart, words, undefined))).toEqual([
      { label: '410300', cue: '洛 阳', start: 3, end: 6 },
    ]);
    expect(reasonsOf('在关阝州停水')[0]).toMatchObject({ cue: '关阝州', start: 1, end: 4 });
  });

  test('on any text the marks lie inside it and hold what they say', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...[
          '洛阳',
          '洛 阳',
          '氵可南',
          '关阝州',
          '河\u200b南',
          '臺東縣',
          '城关镇',
          '西安',
          '记者从',
          '（记者 李安阳）',
          '《',
        ],
        ...['》', '、', '，', ' ', '·', '～', '２', '蜜雪冰城', '重庆市文化委', '阝', '氵', '\ud83d', '一小区', '来京'],
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.boolean(), (pieces, isCut) => {
        const text = pieces.join('');
        const words = isCut ? pieces.filter((word) => word.trim() !== '') : [...text];
        const place = placeOf(gazetteer, text, words, undefined);
        for (const { start = -1, end = -1, cue } of placeReasons(gazetteer, text, words, place)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(text.slice(start, end)).toBe(cue);
        }
      }),
    );
  });
});
