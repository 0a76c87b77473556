import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openReviews } from '../../../server/adapters/reviews/sqlite-reviews.ts';
import { openDb } from '../../../server/adapters/sqlite/open-db.ts';
import { aReview } from '../../seeds/reviews.ts';
import { reviewStoreSuite } from '../../suites/review-store-suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'reviews-'));
afterAll(() => rmSync(folder, { recursive: true }));
const pathOf = (name: string) => join(folder, `${name}.sqlite`);

reviewStoreSuite('sqlite', (name) => openReviews(pathOf(name)));

test('a kept case can be neither changed nor removed, whoever tries', () => {
  const store = openReviews(pathOf('held'));
  store.add(aReview());
  const db = openDb(pathOf('held'));
  expect(() => db.exec("UPDATE reviewed SET body = '{}'")).toThrow(/never changed/);
  expect(() => db.exec('DELETE FROM reviewed')).toThrow(/never removed/);
  db.close();
  expect(store.count()).toBe(1);
  store.close();
});
