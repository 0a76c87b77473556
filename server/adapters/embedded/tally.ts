import { checkTallyKeys, tidyTally, type TallyKey, type TallyRow } from '../../../pipelines/ports/post-tally.ts';

/** What SQLite groups by for each key. Asia/Shanghai has been UTC+8 without summer time since 1991. */
const GROUPED: Readonly<Record<TallyKey, string>> = {
  day: "date(post.time / 1000 + 28800, 'unixepoch')",
  platform: 'post.platform',
  source: 'post.source',
  kind: 'post.kind',
  sentiment: 'post.sentiment',
  mood: 'post.mood',
  need: 'post.need',
  urgent: "iif(post.urgent, 'true', 'false')",
  needsCheck: "iif(post.needs_check, 'true', 'false')",
  region: 'post.region',
  duty: "nullif(post.duty, '')",
  group: 'coalesce(post.grp, post.id)',
};

/** One row of the answer: a column a key, then the counts. */
interface Grouped {
  readonly posts: number;
  readonly first: number;
  readonly [key: `k${number}`]: string | null;
}

/** @throws RangeError */
export function tallySql(by: readonly TallyKey[], from: string, where: string): string {
  checkTallyKeys(by);
  const columns = by.map((key, at) => `${GROUPED[key]} AS k${at}`).join(', ');
  const groups = by.map((_, at) => at + 1).join(', ');
  return `SELECT ${columns}, count(*) AS posts, count(*) FILTER (WHERE post.grp IS NULL) AS first
    FROM ${from} WHERE ${where} GROUP BY ${groups}`;
}

/** Departments of a post stand in one column: here each gets its own row. */
export function tallyRows(rows: readonly Grouped[], by: readonly TallyKey[]): TallyRow[] {
  const duty = by.indexOf('duty');
  return tidyTally(
    rows.flatMap((row) => {
      const keys = by.map((_, at) => row[`k${at}`] ?? null);
      const { posts, first } = row;
      const all = duty === -1 ? null : (keys[duty] ?? null);
      if (all === null) return [{ keys, posts, first }];
      return all.split(' ').map((one) => ({ keys: keys.with(duty, one), posts, first }));
    }),
  );
}
