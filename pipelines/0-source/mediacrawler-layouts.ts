import { COMMENTS } from './mediacrawler-comments.ts';
import { CONTENTS } from './mediacrawler-contents.ts';
import type { Layout } from './mediacrawler-layout.ts';

export type { Layout } from './mediacrawler-layout.ts';

/** Every table of posts that MediaCrawler writes. */
export const LAYOUTS: readonly Layout[] = [...COMMENTS, ...CONTENTS];

const IN_PATH = /(?:^|[\\/])bili(?:bili)?[\\/]/i;

/**
 * The layout a table's columns are of: by the name of its table, else the one with the most marks of those that are there in full.
 * Bilibili's oldest comments have the columns of Kuaishou's; the folder they lie in decides.
 */
export function layoutOf(columns: readonly string[], table = '', path = ''): Layout | undefined {
  const names = new Set(columns);
  const named = LAYOUTS.find((layout) => layout.tables.includes(table) && names.has(layout.id));
  if (named !== undefined) return named;
  const found = LAYOUTS.filter(({ marks }) => marks.every((mark) => names.has(mark))).reduce<Layout | undefined>(
    (best, layout) => (best === undefined || layout.marks.length > best.marks.length ? layout : best),
    undefined,
  );
  if (found?.platform !== 'kuaishou' || !IN_PATH.test(path)) return found;
  return LAYOUTS.find(({ platform, what }) => platform === 'bilibili' && what === found.what);
}
