import { describe, expect, test } from 'vitest';
import { gradeSpread, type SpreadEvidence } from '../../../pipelines/4-watch/grade-spread.ts';
import type { PostId } from '../../../pipelines/domain/post.ts';
import { pathOf, regionCode, type RegionCode } from '../../../pipelines/domain/region.ts';

const id = (name: string): PostId => name as PostId;

/** What an incident in 洛阳市涧西区 has shown, with the posts of each place counted on its whole path. */
function shown(
  seed: Partial<SpreadEvidence> & { readonly told?: Readonly<Record<string, number>> } = {},
): SpreadEvidence {
  const { told = {}, ...rest } = seed;
  const places = new Map<RegionCode, { posts: number; sample: PostId[] }>();
  for (const [code, posts] of Object.entries(told))
    for (const at of pathOf(regionCode(code))) {
      const held = places.get(at) ?? { posts: 0, sample: [] };
      held.posts += posts;
      held.sample.push(id(`in-${code}`));
      places.set(at, held);
    }
  return {
    places,
    hintProvinces: new Map(),
    voices: new Map(),
    hotlists: new Map(),
    volume: new Map(),
    oneVillage: false,
    region: regionCode('410305'),
    ...rest,
  };
}

const grade = (evidence: SpreadEvidence): ReturnType<typeof gradeSpread> => gradeSpread(evidence, (code) => code);

describe('the spread rung', () => {
  test('is the street where every post names one street', () => {
    const { rung, because } = grade(shown({ told: { '410305001': 9 } }));
    expect(rung).toBe('town');
    expect(because).toEqual(['证据未超出一个街道或乡镇']);
  });

  test('is the village where only one village or estate is named', () => {
    expect(grade(shown({ told: { '410305001': 3 }, oneVillage: true })).rung).toBe('village');
  });

  test('says so where the place is not known', () => {
    const { rung, because } = grade(shown({ region: null }));
    expect(rung).toBe('town');
    expect(because[0]).toContain('地点未定');
  });

  test('is the county where two of its streets write twice each', () => {
    const { rung, because, evidence } = grade(shown({ told: { '410305001': 2, '410305002': 2 } }));
    expect(rung).toBe('county');
    expect(because[0]).toContain('2 个街道乡镇');
    expect(evidence).toEqual(['in-410305001', 'in-410305002']);
  });

  test('does not take two places with one post each for a spread', () => {
    expect(grade(shown({ told: { '410305001': 1, '410305002': 1 } })).rung).toBe('town');
  });

  test('takes one full place and two halves for two', () => {
    expect(grade(shown({ told: { '410305001': 5, '410305002': 1 } })).rung).toBe('town');
    expect(grade(shown({ told: { '410305001': 5, '410305002': 1, '410305003': 1 } })).rung).toBe('county');
  });

  test('is the city where two of its districts write', () => {
    const { rung, because } = grade(shown({ told: { '410305': 4, '410311': 2 }, region: regionCode('410300') }));
    expect(rung).toBe('city');
    expect(because[0]).toContain('410305、410311');
  });

  test('is the province where two of its cities write, and the nation where two provinces do', () => {
    const region = regionCode('410000');
    expect(grade(shown({ told: { '410300': 3, '410100': 2 }, region })).rung).toBe('province');
    expect(grade(shown({ told: { '410300': 3, '370100': 2 }, region })).rung).toBe('nation');
  });

  test('does not count districts of another city towards its own city', () => {
    expect(grade(shown({ told: { '410305': 3, '370102': 1, '370103': 1 } })).rung).not.toBe('city');
  });

  test('names four places and leaves the rest to "and more"', () => {
    const told = { '410302': 2, '410303': 2, '410304': 2, '410305': 2, '410306': 2 };
    expect(grade(shown({ told, region: regionCode('410300') })).because[0]).toContain('等');
  });

  test('is the nation where authors write from four provinces, not from three', () => {
    const from = (provinces: readonly string[]): SpreadEvidence =>
      shown({ told: { '410305': 8 }, hintProvinces: new Map(provinces.map((name) => [name, id(name)])) });
    expect(grade(from(['河南', '山东', '四川'])).rung).toBe('town');
    const { rung, evidence } = grade(from(['河南', '山东', '四川', '湖北']));
    expect(rung).toBe('nation');
    expect(evidence).toEqual(['河南', '山东', '四川', '湖北']);
  });

  test('rises to the tier of an official or media voice, with the post as evidence', () => {
    const { rung, because, evidence } = grade(
      shown({ told: { '410305': 1 }, voices: new Map([['province', id('paper')]]) }),
    );
    expect(rung).toBe('province');
    expect(because).toEqual(['省级官方或媒体账号发声']);
    expect(evidence).toEqual(['paper']);
  });

  test('rises to the scope of a hot list', () => {
    expect(grade(shown({ hotlists: new Map([['city', id('list')]]) })).rung).toBe('city');
    expect(grade(shown({ hotlists: new Map([['nation', id('list')]]) })).because).toEqual(['登上全国级热榜']);
  });

  test('gives the highest rung that any rule gives, with the reasons of that rung only', () => {
    const voices = new Map([
      ['city', id('office')],
      ['nation', id('agency')],
    ] as const);
    const { rung, because } = grade(
      shown({ told: { '410305': 3, '410311': 3 }, voices, region: regionCode('410300') }),
    );
    expect(rung).toBe('nation');
    expect(because).toEqual(['全国级官方或媒体账号发声']);
  });

  describe('by volume', () => {
    const hour = (lastHour: number, usual: number): SpreadEvidence =>
      shown({ told: { '410305': 30 }, volume: new Map([['county', { lastHour, usual, sample: [id('one')] }]]) });

    test('is the county at twenty posts in an hour that are no fewer than all that is usual there', () => {
      const { rung, because, evidence } = grade(hour(20, 10));
      expect(rung).toBe('county');
      expect(because[0]).toContain('2.0 倍');
      expect(evidence).toEqual(['one']);
    });

    test('stays where nineteen write, and where as many always write', () => {
      expect(grade(hour(19, 1)).rung).toBe('town');
      expect(grade(hour(40, 41)).rung).toBe('town');
    });

    test('stays where nothing usual is known yet', () => {
      expect(grade(hour(100, 0)).rung).toBe('town');
    });
  });

  test('keeps at most fifty posts as evidence, each once', () => {
    const told = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`4103${String(at + 10)}`, 3]));
    const hints = new Map(Array.from({ length: 60 }, (_, at) => [`p${at}`, id(`hint-${at % 55}`)]));
    const { evidence } = grade(shown({ told, hintProvinces: hints, region: regionCode('410300') }));
    expect(evidence).toHaveLength(50);
    expect(new Set(evidence).size).toBe(50);
  });
});
