import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ReviewedCase } from '../../pipelines/domain/review.ts';
import { openReviews } from '../adapters/reviews/sqlite-reviews.ts';
import { readConfig } from '../config.ts';
import { EXIT, writeOut, type Streams } from './lines.ts';

export const REVIEWS_FILE = 'reviews.sqlite';

/** The deployment's reviewed cases, oldest first; none where nobody has reviewed anything yet. */
export function* storedCases(varDir: string): Generator<ReviewedCase> {
  const path = join(varDir, REVIEWS_FILE);
  if (!existsSync(path)) return;
  const store = openReviews(path);
  try {
    yield* store.all();
  } finally {
    store.close();
  }
}

/** Every reviewed case as one JSON line, oldest first: what `npm run train -- --reviewed FILE` reads. */
export async function exportReviews(streams: Streams): Promise<number> {
  const { varDir } = readConfig(process.env);
  let n = 0;
  for (const each of storedCases(varDir)) {
    await writeOut(streams.stdout, `${JSON.stringify(each)}\n`);
    n++;
  }
  streams.stderr.write(`导出 ${n} 条已核案例；其中有帖文正文，请按内部资料保管\n`);
  return EXIT.ok;
}
