import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadWeights } from '../../../../server/adapters/models/load-weights.ts';
import { loadStatedThresholds, THRESHOLDS_FILE } from '../../../../server/adapters/models/stated-thresholds.ts';

test('what a threshold keeps is told of its own weights only, and nothing is told where nothing was stated', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stated-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(loadStatedThresholds('a', folder)).toBeUndefined();
  writeFileSync(join(folder, THRESHOLDS_FILE), JSON.stringify({ format: 1, weights: 'a', thresholds: {} }));
  expect(loadStatedThresholds('a', folder)).toMatchObject({ weights: 'a' });
  expect(loadStatedThresholds('b', folder)).toBeUndefined();
  writeFileSync(join(folder, THRESHOLDS_FILE), '{');
  expect(() => loadStatedThresholds('a', folder)).toThrow(/thresholds\.json is not JSON.*npm run train/);
});

test('what is released states what the thresholds of the released weights keep', () => {
  expect(loadStatedThresholds(loadWeights().version)?.thresholds).toHaveProperty(['rumor.known']);
});
