import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readReviewedRows, REVIEWED_WEIGHT, withReviewed } from '../../learning/reviewed-rows.ts';
import { DUTIES } from '../../pipelines/domain/duty.ts';
import { MOODS, NEEDS, type PostId } from '../../pipelines/domain/post.ts';
import type { ReviewDraft } from '../../pipelines/domain/review.ts';
import { aCase } from '../seeds/reviews.ts';

const fileOf = (...lines: string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'reviewed-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'reviewed.jsonl');
  writeFileSync(path, lines.join('\n'));
  return path;
};
const line = (id: number, post: string, seed: Partial<ReviewDraft>): string =>
  JSON.stringify(aCase(id, { post: post as PostId, ...seed }));

test('without a file there are no rows', () => {
  expect(readReviewedRows(undefined)).toEqual({ moods: [], needs: [], rumors: [], duties: [] });
});

test('a post teaches each head it was reviewed for, by the newest word', () => {
  const rows = readReviewedRows(
    fileOf(
      line(1, 'a', { text: '停水三天', says: { mood: 'sad', need: '咨询' } }),
      line(2, 'a', { text: '停水三天', says: { need: '投诉', duty: ['供水', '住建'] } }),
      line(3, 'b', {
        text: '水厂投毒',
        authorKind: 'verified',
        says: { need: null, duty: [], rumor: { finding: 'confirmed-rumor', source: '公安' } },
      }),
      line(4, 'c', { text: '修路', says: { rumor: { finding: 'withdrawn', source: '交通' } } }),
    ),
  );
  expect(rows.moods).toEqual([{ text: '停水三天', mood: MOODS.indexOf('sad') }]);
  expect(rows.needs).toEqual([
    { text: '停水三天', label: NEEDS.indexOf('投诉') },
    { text: '水厂投毒', label: NEEDS.length },
  ]);
  expect(rows.rumors).toMatchObject([{ text: '水厂投毒', label: 1, author_verified: true }]);
  expect(rows.duties.map(({ shares }) => shares.at(-1))).toEqual([0, 1]);
  expect(rows.duties[0]?.shares[DUTIES.indexOf('供水')]).toBe(0.5);
  for (const { shares } of rows.duties) expect(shares.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1);
});

test('a line that is no case is named', () => {
  expect(() => readReviewedRows(fileOf(line(1, 'a', {}), '{'))).toThrow(/line 2 is not JSON/);
  expect(() => readReviewedRows(fileOf('{"text":"x"}'))).toThrow(/line 1 is no reviewed case/);
  expect(() => readReviewedRows('/no/such/file')).toThrow(/reviews export/);
});

test('rows join a head with the weight of a person’s word, beside hard labels and shares alike', () => {
  const base = { name: 'x', columns: ['a', 'b'], texts: [Uint32Array.of(1)], by: { c: 1 } };
  const features = Uint32Array.of(2);
  const hard = withReviewed({ ...base, labels: [0] }, [{ features, label: 1 }]);
  expect([hard.labels, [...(hard.rowWeights ?? [])]]).toEqual([
    [0, 1],
    [1, REVIEWED_WEIGHT],
  ]);
  const soft = withReviewed({ ...base, labels: Float32Array.of(1, 0) }, [{ features, shares: [0, 1] }]);
  expect([...soft.labels]).toEqual([1, 0, 0, 1]);
  const untouched = { ...base, labels: [0] };
  expect(withReviewed(untouched, [])).toBe(untouched);
});
