import { expect, test } from 'vitest';
import { regionCode, type RegionCode } from '../../pipelines/domain/region.ts';
import { fedBy, type Coverage } from '../../server/coverage.ts';
import type { SourceRow } from '../../server/contract/pulse.ts';

const source = (name: string, state: SourceRow['state']): SourceRow => ({
  name,
  state,
  lastSeen: null,
  usualGap: null,
  accepted: 1,
  duplicate: 0,
  rejected: 0,
  recent: [],
});
const coverage = (given: Partial<Coverage> = {}): Coverage => ({
  silent: new Set(),
  paused: new Set(),
  region: new Map(),
  ...given,
});
const LUOLONG = regionCode('410311');
const YIYANG = regionCode('410327');
const nobody = (): string[] => [];

test('a region that only a dead source spoke of is not fed, its neighbour is', () => {
  const spoke = (code: RegionCode): string[] => (code === YIYANG ? ['宜阳'] : ['全市']);
  const fed = fedBy([source('宜阳', 'dead'), source('全市', 'live')], coverage(), spoke);
  expect([fed(YIYANG), fed(LUOLONG)]).toEqual([false, true]);
});

test('a silent or paused source is dead whatever its posts say', () => {
  const spoke = (): string[] => ['宜阳'];
  const rows = [source('宜阳', 'live')];
  expect(fedBy(rows, coverage(), spoke)(YIYANG)).toBe(true);
  expect(fedBy(rows, coverage({ silent: new Set(['宜阳']) }), spoke)(YIYANG)).toBe(false);
  expect(fedBy(rows, coverage({ paused: new Set(['宜阳']) }), spoke)(YIYANG)).toBe(false);
});

test('what a source is said to cover counts before it has brought anything, and what it merely mentions does not', () => {
  const region = new Map([['宜阳', YIYANG]]);
  const mentions = (): string[] => ['宜阳'];
  const fed = fedBy([source('宜阳', 'live')], coverage({ region }), mentions);
  expect([fed(YIYANG), fed(LUOLONG), fed(regionCode('410300'))]).toEqual([true, false, true]);
});

test('a region nobody spoke of is calm while a source lives that covers everything, and no data without one', () => {
  expect(fedBy([source('全市', 'live')], coverage(), nobody)(LUOLONG)).toBe(true);
  expect(fedBy([source('全市', 'dead')], coverage(), nobody)(LUOLONG)).toBe(false);
  expect(fedBy([], coverage(), nobody)(LUOLONG)).toBe(false);
});
