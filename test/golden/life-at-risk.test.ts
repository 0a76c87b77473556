import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judge } from '../../pipelines/2-understand/classify.ts';
import { loadWeights } from '../../server/adapters/models/load-weights.ts';
import { packageRoot } from '../../server/package-root.ts';

interface Row {
  readonly text: string;
  readonly lifeAtRisk: boolean;
}

const rows = readFileSync(join(packageRoot(), 'test/golden/life-at-risk.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Row);
const weights = loadWeights();
const needOf = (text: string) => judge(weights, { text }).need;

describe('a life at risk', () => {
  test.each(rows.filter((row) => row.lifeAtRisk))('is seen, and is urgent: $text', ({ text }) => {
    expect(needOf(text)).toMatchObject({ lifeAtRisk: true, urgent: true });
  });

  test.each(rows.filter((row) => !row.lifeAtRisk))('is not seen: $text', ({ text }) => {
    expect(needOf(text).lifeAtRisk).toBe(false);
  });
});
