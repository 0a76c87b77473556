import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadWeights } from '../../../../server/adapters/models/load-weights.ts';
import { packageRoot } from '../../../../server/package-root.ts';

const RELEASED = join(packageRoot(), 'pipelines/2-understand/models');

describe('loading weights', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'weights-'));
    cpSync(RELEASED, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('the released files are whole, and no larger than 20 MB', () => {
    const weights = loadWeights(folder);
    expect(weights.version).toMatch(/^[0-9a-f]{12}$/);
    expect(weights.text.weights.byteLength + weights.replies.weights.byteLength).toBeLessThan(20e6);
    expect(weights.text.weights.length).toBe(weights.text.rows * weights.text.columns.length);
  });

  test('a file cut short is named, with the remedy', () => {
    truncateSync(join(folder, 'text.bin'), 1_000);
    expect(() => loadWeights(folder)).toThrow(/text\.bin has 1000 bytes.*npm run train/);
  });

  test('a changed file is named, with the remedy', () => {
    const file = join(folder, 'replies.bin');
    const bytes = readFileSync(file);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(() => loadWeights(folder)).toThrow(/replies\.bin does not have the sha256.*npm run train/);
  });

  test('an absent file is named, with the remedy', () => {
    rmSync(join(folder, 'folding.bin'));
    expect(() => loadWeights(folder)).toThrow(/folding\.bin is absent.*npm run train/);
  });

  test('an absent folder is named, with the remedy', () => {
    expect(() => loadWeights(join(folder, 'none'))).toThrow(/model\.json is absent.*npm run train/);
  });

  test('a card that is not JSON is named, with the remedy', () => {
    writeFileSync(join(folder, 'model.json'), '{');
    expect(() => loadWeights(folder)).toThrow(/model\.json is not JSON.*npm run train/);
  });
});
