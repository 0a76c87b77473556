import { describe, expect, test } from 'vitest';
import type { PostId } from '../../../pipelines/domain/post.ts';
import type { DraftSentence, RefutationSource } from '../../../pipelines/domain/refutation-draft.ts';
import {
  checkDraft,
  draftRefutation,
  groundedSentence,
  textOf,
  type DraftMaterial,
  type WrittenDraft,
} from '../../../pipelines/5-respond/draft-refutation.ts';

const [first, second, asking] = ['p1', 'p2', 'p3'] as unknown as [PostId, PostId, PostId];
const claim = '锦川水库今晚10点泄洪';
const bureau: RefutationSource = {
  id: 's1',
  name: '宜阳县水利局值班记录',
  says: '锦川水库当前水位312.5米，没有泄洪，20日21时巡查正常',
  at: Date.parse('2026-11-20T21:10:00+08:00'),
  tells: '当前水位',
};
const material = (given: Partial<DraftMaterial> = {}): DraftMaterial => ({
  claim,
  claimPosts: [first, second],
  finding: 'untrue',
  sources: [bureau],
  asked: [
    { fact: '当前水位', asked: 58, posts: [asking] },
    { fact: '是否转移', asked: 41, posts: [asking] },
  ],
  ...given,
});
const posts = new Map([
  [first, `网传${claim}，快转给家里人`],
  [second, claim],
  [asking, '到底要不要转移？'],
]);
const written = (sentences: WrittenDraft['sentences'], given: Partial<WrittenDraft> = {}): WrittenDraft => ({
  ...{ claim, finding: 'untrue', sources: [bureau], sentences },
  ...given,
});
const because = (draft: WrittenDraft): readonly string[] => {
  const checked = checkDraft(draft, posts, [claim]);
  return 'wrong' in checked ? checked.wrong.map((each) => each.because) : [];
};

describe('a draft out of the template', () => {
  test('each sentence carries the posts or sources it rests on', () => {
    const draft = draftRefutation(material());
    expect(draft.sentences.map(({ text, posts, sources }) => [text, posts, sources])).toEqual([
      ['网上流传“锦川水库今晚10点泄洪”的说法。', [first, second], []],
      ['经核实，该说法不实。', [], ['s1']],
      ['宜阳县水利局值班记录：锦川水库当前水位312.5米，没有泄洪，20日21时巡查正常。', [], ['s1']],
      ['关于是否转移：待核实，核实后公布。', [asking], []],
    ]);
    for (const { posts, sources } of draft.sentences) expect(posts.length + sources.length).toBeGreaterThan(0);
  });

  test('without a source it finds nothing: it says 待核实, whatever was asked of it', () => {
    const draft = draftRefutation(material({ sources: [] }));
    expect(draft.finding).toBe('unknown');
    expect(textOf(draft)).toContain('该说法是否属实，目前待核实。');
    expect(textOf(draft)).not.toContain('不实。');
  });

  test('what it writes by itself stands its own check', () => {
    for (const given of [material(), material({ sources: [] }), material({ finding: 'true' })]) {
      expect(checkDraft(draftRefutation(given), posts)).toHaveProperty('draft');
    }
  });

  test('a sentence without evidence cannot be built', () => {
    // @ts-expect-error neither a post nor a source
    groundedSentence('水库安全。', { posts: [], sources: [] });
    // @ts-expect-error the mark of a grounded sentence is given in one place only
    const made: DraftSentence = { text: '水库安全。', posts: [first], sources: [] };
    expect(made.text).toBe('水库安全。');
  });
});

describe('a draft as a person changed it', () => {
  test('stands where every number and time is one of a source that its sentence names', () => {
    const draft = written([
      { text: '网上流传“锦川水库今晚10点泄洪”的说法。', posts: [first], sources: [] },
      { text: '11月20日晚9时巡查，水位312.5米，未见异常。', posts: [], sources: ['s1'] },
    ]);
    expect(because(draft)).toEqual([]);
  });

  test.each([
    ['a number of nobody', '水位308米，十分安全。', '308米'],
    ['a number in Chinese of nobody', '已有三百人转移。', '三百人'],
    ['a time of nobody', '20日23时再次巡查。', '20日23时'],
    ['a sharper time than the source gives', '20日21时40分巡查正常。', '20日21时40分'],
    ['a telephone number of nobody', '咨询电话0379-12345。', '0379'],
  ])('falls with %s', (_name, text, loose) => {
    expect(because(written([{ text, posts: [], sources: ['s1'] }]))).toEqual([
      `“${loose}”在所引来源中没有，数字和时间只能来自来源`,
    ]);
  });

  test('a number of the claim may be quoted, and only quoted', () => {
    expect(because(written([{ text: '今晚10点不泄洪。', posts: [first], sources: [] }]))).toHaveLength(1);
    expect(because(written([{ text: '“今晚10点泄洪”是谣言。', posts: [first], sources: ['s1'] }]))).toEqual([]);
    // Its wording may be quoted wherever it is named, also where the post writes it apart.
    expect(because(written([{ text: '“锦川水库今晚10点 泄洪”的说法', posts: [asking], sources: [] }]))).toEqual([]);
    expect(because(written([{ text: '“今晚11点泄洪”是谣言。', posts: [first], sources: ['s1'] }]))).toHaveLength(1);
  });

  test('falls with a sentence that names nothing, a stranger, or a finding nobody gives', () => {
    expect(because(written([{ text: '请放心。', posts: [], sources: [] }]))).toEqual([
      '这一句没有依据，请指明帖文或来源',
    ]);
    expect(because(written([{ text: '请放心。', posts: ['px' as PostId], sources: [] }]))).toHaveLength(1);
    expect(because(written([{ text: '请放心。', posts: [], sources: ['s9'] }]))).toHaveLength(1);
    expect(because(written([{ text: '不实。', posts: [first], sources: [] }], { sources: [] }))).toEqual([
      '没有来源，只能写待核实',
    ]);
    expect(because(written([]))).toEqual(['稿子是空的']);
  });
});
