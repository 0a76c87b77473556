import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { placeReasons } from '../../../pipelines/2-understand/explain-place.ts';
import { understanding, type UnderstandingParts } from '../../../pipelines/pipeline.ts';
import type { Post, UnderstoodPost } from '../../../pipelines/domain/post.ts';
import { openUnderstanding } from '../../../server/open-understanding.ts';

let parts: UnderstandingParts;
beforeAll(async () => {
  ({ parts } = await openUnderstanding({}));
});

const read = (text: string): UnderstoodPost => {
  const post: Post = {
    id: 'a' as Post['id'],
    platform: 'test',
    nativeId: 'a',
    kind: 'post',
    text,
    time: 0,
    seenAt: 0,
    source: 'test',
  };
  return understanding(parts)([post])[0]!;
};

/** What screens and rules act on. */
const labels = ({ need, duty, rumor, sentiment, region }: UnderstoodPost) => ({
  need: need.kind,
  lifeAtRisk: need.lifeAtRisk,
  duty,
  needsCheck: rumor.needsCheck,
  sentiment: sentiment.label,
  region: region?.code ?? null,
});

const PLAIN = [
  '洛阳市洛龙区停水三天，居民投诉自来水公司没人管',
  '有人在桥上要跳河，快来人救命',
  '宜阳县城关镇有老人走失，请大家帮忙寻找',
  '请问在哪里办理残疾证，需要什么材料',
  '实名举报某厂夜里偷排污水，河水发黑发臭',
  '网传明天全市停课，内部消息，赶紧转发',
  '今天天气真好，和孩子去公园放风筝',
];

const between = (text: string, filler: string): string => [...text].join(filler);
const wide = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

const DISGUISES: readonly (readonly [string, (text: string) => string])[] = [
  ['zero-width signs between all others', (text) => between(text, '\u200b')],
  ['word joiners and soft hyphens', (text) => between(text, '\u2060\u00ad')],
  ['marks that sit on every sign', (text) => between(text, '\u0336\u20dd')],
  ['direction controls around it', (text) => `\u202e\u2066${text}\u2069\u202c`],
  ['variation selectors and tags', (text) => between(text, '\ufe0f\u{e0101}\u{e0041}')],
  ['full width', wide],
];

describe('a disguised text is judged as the plain one', () => {
  for (const [name, disguise] of DISGUISES)
    test.each(PLAIN)(`${name}: %s`, (text) => {
      expect(labels(read(disguise(text)))).toEqual(labels(read(text)));
    });

  const apart: readonly string[] = [' ', '.', '。', '·', '💀', ' * '];
  for (const filler of apart)
    test.each(['有人在桥上要跳河快来人救命', '洛阳市洛龙区停水三天没人管'])(
      `signs apart by "${filler}": %s`,
      (text) => {
        const { need, duty, region } = labels(read(between(text, filler)));
        expect({ need, duty, region }).toEqual(
          (({ need, duty, region }) => ({ need, duty, region }))(labels(read(text))),
        );
        expect(read(between(text, filler)).need.lifeAtRisk).toBe(read(text).need.lifeAtRisk);
      },
    );

  test.each([
    ['洛陽市洛龍區停水三天，居民投訴自來水公司沒人管', PLAIN[0]!],
    ['有人在橋上要跳河，快來人救命', PLAIN[1]!],
    ['⺠⻋相撞，⻔口有人⾃杀，快来人救命', '民车相撞，门口有人自杀，快来人救命'],
    ['丽⼈路有⼈跳楼，快来⼈救命', '丽人路有人跳楼，快来人救命'],
    ['快打𝟏𝟐𝟎，有人割腕了', '快打120，有人割腕了'],
    ['派出所的𝑤𝑖𝑓𝑖坏了，ＷіＦі也没人修', '派出所的wifi坏了，wifi也没人修'],
  ])('%s is read as %s', (disguised, plain) => {
    expect(labels(read(disguised))).toEqual(labels(read(plain)));
  });
});

describe('cue words with something between their signs', () => {
  test.each([
    ['我不想活了，今晚就自 杀', '自杀'],
    ['我不想活了，今晚就自*杀', '自杀'],
    ['我不想活了，今晚就自💀杀', '自杀'],
    ['我不想活了，今晚就自[泪]杀', '自杀'],
    ['楼顶有人要跳。楼', '跳楼'],
    ['楼顶有人要足兆木娄', '跳楼'],
    ['楼顶有人要跳 木娄', '跳楼'],
  ])('%s speaks of %s', (text, cue) => {
    const { need, because } = read(text);
    expect(need.lifeAtRisk).toBe(true);
    const reason = because.find((each) => each.label === 'lifeAtRisk' && each.cue.includes(cue));
    expect(reason, JSON.stringify(because)).toBeDefined();
    const marked = text.slice(reason?.start, reason?.end);
    expect(text.endsWith(marked)).toBe(true);
    expect(marked.length).toBeGreaterThan(reason?.cue.length ?? 0);
  });

  test.each(['居民投。诉无门', '居民投[怒]诉无门', '居民扌殳讠斥无门', '居民投·诉无门'])(
    '%s is a complaint',
    (text) => {
      expect(read(text).because.map(({ cue }) => cue)).toContain('投诉');
    },
  );

  test.each([
    ['我在楼下跳。楼上的邻居来敲门', '跳楼'],
    ['厨师亲自，杀鸡宰鱼', '自杀'],
    ['高、中档的菜都有', '高中'],
    ['今天1/20，晴', '120'],
    ['一女子走过', '好'],
  ])('%s does not hold %s', (text, cue) => {
    const { need, because } = read(text);
    expect(because.map((reason) => reason.cue)).not.toContain(cue);
    expect(need.lifeAtRisk).toBe(false);
  });
});

describe('places', () => {
  test.each([
    ['氵各阝日市停水', '410300'],
    ['洛\u200b阳市\u202e停水', '410300'],
    ['洛 阳 市 停 水', '410300'],
    ['洛·阳·市·停·水', '410300'],
    ['⺡⼝的⼴州市停水', '440100'],
    ['廣州市停水', '440100'],
  ])('%s is in %s', (text, code) => {
    const { region, tokens } = read(text);
    expect(region?.code).toBe(code);
    for (const { start, end, cue } of placeReasons(parts.gazetteer, text, tokens, region))
      expect(text.slice(start, end)).toBe(cue);
  });
});

describe('whatever is written', () => {
  const noise = fc.array(
    fc.oneof(
      fc.constantFrom(...PLAIN.flatMap((text) => [...text])),
      fc.constantFrom(
        '//@',
        '[',
        ']',
        '[泪]',
        '@',
        '<url>',
        'https://',
        '《',
        '》',
        '\ud83d',
        '\udc00',
        '\u{1d400}',
        '弓虽',
      ),
      fc.constantFrom(
        '\u200b',
        '\u202e',
        '\u0336',
        '\u0000',
        ' ',
        '。',
        '*',
        '女子',
        '自',
        '杀',
        '跳',
        '楼',
        '氵',
        '各',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 60 },
  );

  test('nothing is thrown, scores are shares, and every reason lies inside the text', () => {
    fc.assert(
      fc.property(noise, (signs) => {
        const text = signs.join('');
        const { sentiment, rumor, need, because, region, tokens } = read(text);
        for (const score of [sentiment.score, rumor.score, need.score]) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
        for (const { start, end } of [...because, ...placeReasons(parts.gazetteer, text, tokens, region)]) {
          if (start === undefined || end === undefined) continue;
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('unseen signs put in anywhere change no label', () => {
    const unseen = fc.constantFrom(
      '\u200b',
      '\u200d',
      '\u2060',
      '\ufeff',
      '\u00ad',
      '\u202c',
      '\u0301',
      '\ufe0e',
      '\u{e0020}',
    );
    fc.assert(
      fc.property(fc.constantFrom(...PLAIN), fc.array(fc.tuple(fc.nat(40), unseen), { maxLength: 12 }), (text, put) => {
        const disguised = [...text];
        for (const [at, sign] of put) disguised.splice(at, 0, sign);
        expect(labels(read(disguised.join('')))).toEqual(labels(read(text)));
      }),
      { numRuns: 150 },
    );
  });
});
