import { describe, expect, test } from 'vitest';
import { divisionLines } from '../../learning/gazetteer.ts';
import { readDivisions } from '../../pipelines/2-understand/divisions.ts';

const row = (code: string, name: string) => ({ code, name });

describe('writing the division file', () => {
  const lines = divisionLines(
    [row('44', '广东省'), row('41', '河南省')],
    [row('4419', '东莞市'), row('4101', '郑州市'), row('4190', '省直辖县级行政区划'), row('1101', '市辖区')],
    [row('441900', '东莞市'), row('410102', '中原区'), row('419001', '济源市')],
    [row('441900004', '南城街道'), row('441900003', '东城街道'), row('410102198', '中原区直辖村级区划')],
  );

  test('puts a county’s streets behind it, in order of code, and leaves filler rows out', () => {
    expect(lines).toEqual([
      '410000 河南省',
      '410100 郑州市',
      '410102 中原区',
      '419001 济源市',
      '440000 广东省',
      '441900 东莞市|003东城街道|004南城街道',
      '710000 台湾省',
      '810000 香港特别行政区',
      '820000 澳门特别行政区',
    ]);
  });

  test('what is written can be read, and every division finds its parent', () => {
    const { codes, names, parents } = readDivisions(lines.join('\n'));
    const parentName = (code: string): string | undefined =>
      names[parents[codes.findIndex((one) => one === code)] ?? -1];
    expect(parentName('441900003')).toBe('东莞市');
    expect(parentName('419001')).toBe('河南省');
    expect(parentName('440000')).toBeUndefined();
  });
});
