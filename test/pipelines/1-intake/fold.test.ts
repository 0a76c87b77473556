import { describe, expect, test } from 'vitest';
import { FoldIndex } from '../../../pipelines/1-intake/fold.ts';
import { SIGNATURE_LENGTH, isEmptySignature, signature, signatureOf } from '../../../pipelines/1-intake/signature.ts';
import { strip } from '../../../pipelines/1-intake/strip.ts';
import { particularsOf } from '../../../pipelines/domain/particulars.ts';
import type { PostId } from '../../../pipelines/domain/post.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';

const id = (name: string): PostId => name as PostId;

const PLACES = ['洛龙区', '涧西区', '老城区', '西工区', '瀍河区'];
const THINGS = ['自来水', '暖气', '路灯', '公交车', '垃圾桶', '井盖', '学校食堂', '医院挂号', '小区电梯', '煤气'];
const WORDS = [
  '昨天晚上开始',
  '已经三天了',
  '打电话没人接',
  '物业说不归他们管',
  '孩子老人都受不了',
  '希望有关部门看看',
];

/** Texts of about 90 characters, each with words of its own. */
const texts = Array.from({ length: 300 }, (_, at) => {
  const own = String.fromCharCode(
    ...Array.from({ length: 48 }, (_, next) => 0x4e00 + ((Math.imul(at * 131 + next, 0x9e3779b1) >>> 8) % 18_000)),
  );
  return `${PLACES[at % 5]}的${THINGS[at % 10]}又坏了，${own}，${WORDS[at % 6]}，${WORDS[(at * 5 + 1) % 6]}，${own.slice(4, 12)}谁来管一管`;
});

const recall = (change: (text: string) => string): number => {
  const index = new FoldIndex(1_000);
  const groups = texts.map((text, at) => index.fold(id(`first${at}`), signatureOf(text)));
  const found = texts.filter((text, at) => index.fold(id(`copy${at}`), signatureOf(change(text))) === groups[at]);
  return found.length / texts.length;
};

describe('strip', () => {
  test.each([
    ['太可怕了//@老王:大家快看//@小李:化工厂着火了', '太可怕了'],
    ['//@老王:转发微博//@小李：化工厂着火了', '化工厂着火了'],
    ['//@老王:转发微博//@小李:', ''],
    ['转发微博', ''],
    [' 转发微博。 ', ''],
    ['Repost', ''],
    ['回复@老王:你说得对', '你说得对'],
    ['“停水了” https://t.cn/A6abc 大家看看', '停水了”   大家看看'],
    ['@洛阳发布 请问几点来水[泪]', '请问几点来水[泪]'],
    ['@平安洛阳救命啊有人落水了', '@平安洛阳救命啊有人落水了'],
    ['第一 // 第二', '第一 // 第二'],
  ])('%s → %s', (text, words) => expect(strip(text)).toBe(words));
});

describe('signature', () => {
  test('is the same for the same letters, whatever blanks and case', () => {
    expect(signature('洛龙区 停水 ABC 通知')).toEqual(signature('洛龙区停水abc　通知'));
    expect(signature('停水')).toHaveLength(SIGNATURE_LENGTH);
  });

  test('is empty for a bare forward only', () => {
    expect(isEmptySignature(signatureOf('转发微博'))).toBe(true);
    expect(isEmptySignature(signatureOf('停水'))).toBe(false);
  });
});

describe('FoldIndex', () => {
  test('finds copies with words before, words after, a third cut off, another place and one character in twelve changed', () => {
    expect(recall((text) => text)).toBe(1);
    expect(recall((text) => `【扩散】${text}`)).toBe(1);
    expect(recall((text) => `${text} 转给大家`)).toBe(1);
    expect(recall((text) => `${text}//@老王:真的吗//@小李:转发微博`)).toBe(1);
    expect(recall((text) => text.slice(0, Math.ceil(text.length * 0.7)))).toBeGreaterThan(0.98);
    expect(recall((text) => text.replace(/..区/, '孟津区'))).toBe(1);
    expect(recall((text) => [...text].map((one, at) => (at % 12 === 5 ? '某' : one)).join(''))).toBeGreaterThan(0.94);
  });

  test('keeps different texts apart, short ones unless they are the same', () => {
    const index = new FoldIndex(1_000);
    texts.forEach((text, at) => expect(index.fold(id(`t${at}`), signatureOf(text))).toBe(`t${at}`));
    expect(index.fold(id('a'), signatureOf('停水了吗'))).toBe('a');
    expect(index.fold(id('b'), signatureOf('停水了吧'))).toBe('b');
    expect(index.fold(id('c'), signatureOf('停水了吗'))).toBe('a');
    expect(index.size).toBe(302);
  });

  test('a post seen again keeps its group', () => {
    const index = new FoldIndex(10);
    const sign = signatureOf('西关外的路灯全都不亮了');
    expect([index.fold(id('a'), sign), index.fold(id('b'), sign), index.fold(id('b'), sign)]).toEqual(['a', 'a', 'a']);
  });

  test('a bare forward joins what it forwards, or the first bare forward of it', () => {
    const index = new FoldIndex(10);
    const bare = signatureOf('转发微博');
    index.fold(id('root'), signatureOf('西关外的路灯全都不亮了'));
    index.fold(id('copy'), signatureOf('西关外的路灯全都不亮了'));
    expect(index.fold(id('f1'), bare, id('copy'))).toBe('root');
    expect(index.fold(id('f2'), bare, id('unseen'))).toBe('f2');
    expect(index.fold(id('f3'), bare, id('unseen'))).toBe('f2');
    expect(index.fold(id('f4'), bare)).toBe('f4');
  });

  test('stays within its capacity, and spares the texts that are still copied', () => {
    const index = new FoldIndex(50);
    const hot = signatureOf('化工厂那边一股刺鼻的味道大家快关窗');
    index.fold(id('hot'), hot);
    texts.forEach((text, at) => {
      index.fold(id(`t${at}`), signatureOf(text));
      if (at % 20 === 0) expect(index.fold(id(`hot${at}`), hot)).toBe('hot');
    });
    expect(index.size).toBe(50);
    expect(index.fold(id('again'), signatureOf(texts[0] ?? ''))).toBe('again');
    expect(index.fold(id('last'), signatureOf(texts[299] ?? ''))).toBe('t299');
  });

  test('gives the same groups after a restart from what is remembered', () => {
    const before = new FoldIndex(100);
    const after = new FoldIndex(100);
    for (const [at, text] of texts.slice(0, 40).entries()) {
      const sign = signatureOf(text);
      after.remember(id(`t${at}`), before.fold(id(`t${at}`), sign), sign);
      after.remember(id(`c${at}`), before.fold(id(`c${at}`), sign), sign);
    }
    for (const [at, text] of texts.slice(0, 60).entries()) {
      const sign = signatureOf(`${text}快看`);
      expect(after.fold(id(`n${at}`), sign)).toBe(before.fold(id(`n${at}`), sign));
    }
  });

  test('refuses a capacity or a signature that makes no sense', () => {
    expect(() => new FoldIndex(0)).toThrow(RangeError);
    expect(() => new FoldIndex(10).fold(id('a'), new Uint32Array(3))).toThrow(/64/);
  });
});

describe('pleas', () => {
  const saying = (text: string, at: string) => ({ ...particularsOf(text), region: regionCode(at) });
  const plea = (estate: string): string =>
    `求救！我们一家被困在${estate}，水已经漫到二楼，手机快没电了，谁能帮忙联系救援队，求求大家转发`;
  const fold = (index: FoldIndex, name: string, estate: string, at: string): PostId =>
    index.fold(id(name), signatureOf(plea(estate)), undefined, saying(plea(estate), at));

  test('of two families are no copies of one another, and each has its own copies', () => {
    const index = new FoldIndex(100);
    expect(fold(index, 'a', '翠竹花园', '410325')).toBe('a');
    expect(fold(index, 'b', '桃源小区', '410324')).toBe('b');
    expect(fold(index, 'b again', '桃源小区', '410324')).toBe('b');
    expect(fold(index, 'a again', '翠竹花园', '410325')).toBe('a');
  });

  test('of one family are copies in any town of the province', () => {
    const index = new FoldIndex(100);
    fold(index, 'a', '翠竹花园', '410325');
    expect(fold(index, 'a elsewhere', '翠竹花园', '410324')).toBe('a');
  });

  test('stay apart after a restart', () => {
    const index = new FoldIndex(100);
    index.remember(id('a'), id('a'), signatureOf(plea('翠竹花园')), saying(plea('翠竹花园'), '410325'));
    expect(fold(index, 'b', '桃源小区', '410324')).toBe('b');
  });
});
