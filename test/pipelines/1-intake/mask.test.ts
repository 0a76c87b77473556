import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPersonal, mask, withoutPersonal } from '../../../pipelines/1-intake/mask.ts';

describe('what is masked', () => {
  test.each([
    ['联系电话13812345678，急', '联系电话138********，急'],
    ['打我手机 138 1234 5678 谢谢', '打我手机 138 **** **** 谢谢'],
    ['138-1234-5678', '138-****-****'],
    ['１３８１２３４５６７８', '１３８********'],
    ['+8613812345678回拨', '+86138********回拨'],
    ['座机0379-63912345', '座机0379-********'],
    ['办公室(0379)63912345', '办公室(0379)********'],
    ['电话：63912345', '电话：********'],
    ['身份证410311199003071234的老人', '身份证******************的老人'],
    ['身份证41031119900307123X', '身份证******************'],
    ['一辆豫C12345逆行', '一辆豫C*****逆行'],
    ['豫C·D5678挂', '豫C·******'],
    ['新能源豫CD12345撞了护栏', '新能源豫C******撞了护栏'],
    ['加微信abc_12345聊', '加微信***_*****聊'],
    ['微信号：wxid9988', '微信号：********'],
    ['vx: Hello2026a', 'vx: **********'],
    ['QQ：123456789', 'QQ：*********'],
    ['锦川小区3号楼2单元501室停水', '锦川小区3号楼******室停水'],
    ['住12栋1203', '住12栋****'],
    ['锦川小区3-2-501', '锦川小区3-*-***'],
    ['家住安乐路78号', '家住安乐路**号'],
  ])('%s', (text, expected) => {
    expect(mask(text)).toBe(expected);
    expect(mask(text)).toHaveLength(text.length);
  });

  test('a home is masked down to its door, the building stays', () => {
    expect(mask('锦川小区3号楼2单元501室停水')).not.toMatch(/501|2单元/);
    expect(mask('锦川小区3号楼2单元501室停水')).toContain('3号楼');
  });
});

describe('what stays as it is', () => {
  test.each([
    '请拨打110、119、120或12345热线',
    '供电95598，燃气96777，供水12319',
    '2026年11月20日21时03分05秒',
    '2026-11-20 21:03:05',
    '20261120通知',
    '赔偿138000元，共12345678元',
    '罚款3000元，涉及1200户',
    '3号楼2单元停水三天',
    '三栋2026年交房',
    '12栋1203户居民',
    '地铁2号线、310国道、G30高速',
    '安乐路78号是区政府',
    '微信群里都在传',
    '微信公众号发了通告',
    '体重138斤，身高175',
    '全省新增1381例',
    '豫C开头的车',
    '帖子编号5087341290012345678901234',
  ])('%s', (text) => expect(mask(text)).toBe(text));
});

test('masking twice is masking once, and never changes the length', () => {
  const pieces = fc.constantFrom(
    '13812345678',
    '豫C12345',
    '微信abc_12345',
    '3号楼2单元501室',
    '0379-63912345',
    '110',
    '家住安乐路78号',
    '，',
    ' ',
    'a1',
    '😀',
    '138',
    '86',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      const once = mask(text);
      expect(mask(once)).toBe(once);
      expect(once).toHaveLength(text.length);
      for (const span of findPersonal(text)) expect(span.end).toBeGreaterThan(span.start);
    }),
    { numRuns: 500 },
  );
});

test('a name that runs on into a number goes with the number', () => {
  expect(mask('微信abc_12345A13812345678')).toBe('微信***_*****************');
});

test('words inside what is masked are no search words, the others stay', () => {
  const text = '电话13812345678，停水了，微信abc_12345';
  expect(withoutPersonal(text, ['电话', '13812345678', '停水', '了', '微信', 'abc', '12345'])).toEqual([
    '电话',
    '停水',
    '了',
    '微信',
  ]);
  const plain = ['停水', '了'];
  expect(withoutPersonal('停水了', plain)).toBe(plain);
});
