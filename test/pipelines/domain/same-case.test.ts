import { describe, expect, test } from 'vitest';
import { allOf, particularsOf } from '../../../pipelines/domain/particulars.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import { sameCase, type Case } from '../../../pipelines/domain/same-case.ts';

const plea = (text: string, at: string | null = '410325'): Case => ({
  ...particularsOf(text),
  region: at === null ? null : regionCode(at),
});
const compare = (a: Case, b: Case): string => {
  expect(sameCase(b, a)).toBe(sameCase(a, b));
  return sameCase(a, b);
};

describe('what a plea says of who and where', () => {
  test('is read off its text', () => {
    expect(particularsOf('寻人：我奶奶今年七十二岁，名叫王桂兰，从锦屏小区3号楼走失，电话138-0000-1234')).toEqual({
      phones: ['13800001234'],
      names: ['王桂兰'],
      ages: [72],
      spots: ['锦屏小区'],
      houses: [3],
      person: { sex: 'woman', age: 'old' },
    });
  });

  test('takes no road from what is none', () => {
    expect(particularsOf('高速公路上堵车，路过的人说前面修马路，农村来的货车多').spots).toEqual([]);
  });

  test('names nobody where two people are spoken of, or nobody is looked for', () => {
    expect(particularsOf('爷爷带着女孩走失').person).toBeNull();
    expect(particularsOf('奶奶做的饭好吃').person).toBeNull();
  });

  test('is gathered over the posts of a case', () => {
    const both = allOf(particularsOf('老人在滨河路走失'), particularsOf('寻人，奶奶68岁'));
    expect(both).toMatchObject({ spots: ['滨河路'], ages: [68], person: { sex: 'woman', age: 'old' } });
  });
});

describe('two pleas are', () => {
  test('one case told of in several towns where the road agrees', () => {
    expect(compare(plea('求扩散，老人在滨河路走失', '410325'), plea('急寻，奶奶在滨河路走丢', '410324'))).toBe('same');
  });

  test('not one by a road alone where each is told of to the county in another city, nor where one says no place', () => {
    const lost = '老人在滨河路走失';
    expect(compare(plea(lost, '410325'), plea(lost, '410581'))).toBe('elsewhere');
    expect(compare(plea(lost, '410300'), plea(lost, '410500'))).toBe('same');
    expect(compare(plea(lost, null), plea(lost, '410581'))).toBe('same');
    expect(compare(plea('我们被困在滨河路', null), plea(lost, '410581'))).toBe('unsaid');
  });

  test('two where the same name of a road stands in two provinces', () => {
    expect(compare(plea('老人在滨河路走失', '410325'), plea('老人在滨河路走失', '370102'))).toBe('other');
  });

  test('one where the telephone agrees, whatever else is said', () => {
    const a = '老人走失，联系13800001234';
    const b = '寻亲，电话 138-0000-1234，在海边走失';
    expect(compare(plea(a, '410325'), plea(b, '370102'))).toBe('same');
  });

  test.each([
    ['another person', '爷爷在滨河路走失', '奶奶在滨河路走失'],
    ['another age', '老人82岁，在滨河路走失', '老人65岁，在滨河路走失'],
    ['another name', '名叫张建国，走失', '名叫李秀英，走失'],
    ['another telephone', '走失，电话13800001234', '走失，电话13900005678'],
    ['another estate', '我们被困在翠竹小区', '我们被困在桃源花园'],
    ['another house', '被困翠竹小区3号楼', '被困翠竹小区7号楼'],
  ])('two for %s, also in one town', (_, a, b) => {
    expect(compare(plea(a), plea(b))).toBe('other');
  });

  test('guessed ages within two years are one', () => {
    expect(compare(plea('老人82岁，在滨河路走失'), plea('老人80多岁，在滨河路走失'))).toBe('same');
  });

  test('apart by their towns where nothing is named, and open in one town', () => {
    expect(compare(plea('老人走失', '410325103'), plea('老人走失', '410325104'))).toBe('elsewhere');
    expect(compare(plea('老人走失', '410325103'), plea('老人走失', '410325'))).toBe('unsaid');
    expect(compare(plea('老人走失', null), plea('老人走失', '410325'))).toBe('unsaid');
  });
});
