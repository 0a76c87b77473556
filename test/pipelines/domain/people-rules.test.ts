import { describe, expect, test } from 'vitest';
import { faultOfPassword, isTooOld } from '../../../pipelines/domain/password-rule.ts';
import { cutTo, seesEvidence, seesIncident, seesRegion, type Scope } from '../../../pipelines/domain/person.ts';
import { ROLES, type Role } from '../../../pipelines/domain/person.ts';
import { faultOfRoles } from '../../../pipelines/domain/role-rules.ts';
import type { IncidentId } from '../../../pipelines/domain/incident.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';

test('of the three who look after the deployment nobody is two, nor anything else', () => {
  const business: Role[] = ['viewer', 'responder', 'analyst', 'editor'];
  for (const one of ROLES) {
    expect(faultOfRoles([one])).toBeUndefined();
    for (const other of ROLES) {
      const fault = one === other || (business.includes(one) && business.includes(other)) ? 'any' : '不能兼任';
      if (fault === 'any') continue;
      expect(faultOfRoles([one, other])).toContain(fault);
    }
  }
  expect(faultOfRoles(business)).toBeUndefined();
  expect(faultOfRoles([])).toBeDefined();
  expect(faultOfRoles(['viewer', 'viewer'])).toBeDefined();
});

describe('a password', () => {
  test.each([
    ['一条大河波浪宽，风吹稻花', undefined],
    ['correct horse battery staple', undefined],
    ['elevenchars', '至少12个字符'],
    ['一条大河波浪宽风吹稻', '至少12个字符'],
    ['aaaaaaaaaaaaaaaa', '太少'],
    ['123456123456', '123456'],
    ['Password2026', 'password'],
    ['wangzhiban11', 'wangzhiban'],
    ['woaini5201314', 'woaini'],
    ['Woaini19880808', 'woaini'],
    ['Luoyang@2026!!', 'luoyang'],
    ['洛阳市公安局20261128', '洛阳市公安局'],
    ['洛阳洛阳洛阳公安110119', '洛阳'],
    ['qwertyuiop123', 'qwertyuiop'],
    ['1qaz2wsx3edc', '1qaz2wsx'],
    ['asdfghjkl;2026', '年份'],
    ['zhongguo19491001', 'zhongguo'],
    ['13800138000abc', '手机号'],
    ['P@ssw0rd2026', 'ssw'],
    ['Admin@123456', 'admin'],
    ['gongan110120119', 'gongan'],
    ['１２３４５６７８９０１２', '连续的键'],
    ['为人民服务为人民服务为人民', '为人民服务'],
    ['牛肉汤要在早上七点以前喝', undefined],
    ['tired camel under green umbrella', undefined],
    ['woaini but only on rainy tuesdays', undefined],
    ['7Kq!vPz2mXw9', undefined],
    ['洛阳的牡丹花开时节动京城', undefined],
    ['x'.repeat(129), '最多128'],
  ])('%s by the rule of ASVS: %s', (password, says) => {
    const fault = faultOfPassword(password, 'asvs', ['WangZhiban', '洛阳市公安局', '洛阳']);
    if (says === undefined) expect(fault).toBeUndefined();
    else expect(fault).toContain(says);
  });

  test('by 等保三级 has three kinds of signs and is changed after 90 days; by ASVS it is never too old', () => {
    expect(faultOfPassword('correct horse battery staple', 'mlps3', ['王'])).toContain('至少3种');
    expect(faultOfPassword('Correct-horse-7', 'mlps3', ['王'])).toBeUndefined();
    const DAY = 86_400_000;
    expect(isTooOld(0, 'mlps3', 90 * DAY)).toBe(false);
    expect(isTooOld(0, 'mlps3', 90 * DAY + 1)).toBe(true);
    expect(isTooOld(0, 'asvs', 9_000 * DAY)).toBe(false);
  });
});

describe('a scope', () => {
  const scope = (regions: string[], incidents: string[] = []): Scope => ({
    regions: regions.map(regionCode),
    incidents: new Set(incidents as IncidentId[]),
  });
  const incident = (id: string, region: string | null) => ({
    id: id as IncidentId,
    region: region === null ? null : regionCode(region),
  });

  test('holds its regions and all in them, not what is above, beside or unplaced', () => {
    const county = scope(['410327']);
    expect(seesRegion(county, regionCode('410327100201'))).toBe(true);
    for (const other of ['410300', '410000', '410305']) expect(seesRegion(county, regionCode(other))).toBe(false);
    expect(seesRegion(county, null)).toBe(false);
    expect(seesIncident(scope(['410327'], ['i']), incident('i', '410305'))).toBe(true);
  });

  test('cuts what is asked for to what may be seen', () => {
    const county = scope(['410327', '410305']);
    expect(cutTo(county, [])).toEqual(['410327', '410305']);
    expect(cutTo(county, [regionCode('410300')])).toEqual(['410327', '410305']);
    expect(cutTo(county, [regionCode('410327100'), regionCode('410311')])).toEqual(['410327100']);
    expect(cutTo(county, [regionCode('410311')])).toEqual([]);
  });

  test('shows evidence of one’s own incident but what is placed beside, and all of one that was shared', () => {
    const own = incident('own', '410327');
    const county = scope(['410327']);
    for (const [region, seen] of [
      ['410327100', true],
      ['410300', true],
      [null, true],
      ['410305', false],
    ] as const)
      expect(seesEvidence(county, own, region === null ? null : regionCode(region))).toBe(seen);
    const beside = incident('beside', '410305');
    expect(seesEvidence(county, beside, null)).toBe(false);
    expect(seesEvidence(scope(['410327'], ['beside']), beside, regionCode('410305'))).toBe(true);
  });
});
