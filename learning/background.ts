import { readCascades, readMessages, readNews, readRumors } from './data-sets.ts';
import { readRows } from './data-folder.ts';
import { random } from './random.ts';
import type { Raw } from './watch-stream.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Share of a day's posts by hour of Shanghai, in thousandths: quiet nights, a noon and an evening. */
const HOURS = [22, 13, 8, 6, 6, 9, 18, 34, 46, 53, 56, 56, 58, 54, 51, 51, 52, 53, 54, 58, 66, 70, 62, 44] as const;

export interface BackgroundOptions {
  /** Midnight of the first day, epoch ms. */
  readonly from: number;
  readonly days: number;
  /** Every how many-th repost cascade is taken: 1 takes all 2,370 (about 900,000 posts in all), 12 a stream for tuning. */
  readonly cascadeStep?: number;
}

/**
 * Real posts, news, citizens' messages and whole repost cascades, each set in its own order, pressed into some days with the
 * hours of an ordinary day. Posts of ncov, cctv and taidi have an author each; in a cascade each repost has its own. They hold real
 * events of their own.
 */
export function readBackground(data: string, options: BackgroundOptions): Raw[] {
  const { from, days } = options;
  const next = random(7);
  const sets: { name: string; texts: string[]; author: 'media' | 'ordinary' }[] = [
    {
      name: 'ncov',
      texts: readRows<{ text: string }>(data, 'ncov-weibo-10k/posts.jsonl.gz').map((row) => row.text),
      author: 'ordinary',
    },
    { name: 'cctv', texts: readNews(data).map((row) => row.text), author: 'media' },
    { name: 'taidi', texts: readMessages(data).map((row) => `${row.title}。${row.text}`), author: 'ordinary' },
  ];
  const single = sets.flatMap(({ name, texts, author }) =>
    texts.map((text, at): Raw => {
      const day = Math.floor((at / texts.length) * days);
      return {
        id: `${name}-${at}`,
        text,
        time: Math.round(from + day * DAY + momentOfDay(next)),
        kind: 'post',
        author: { key: author === 'media' ? name : `${name} ${at}`, kind: author },
      };
    }),
  );
  return [...single, ...readCascadePosts(data, options, next)].sort(
    (a, b) => a.time - b.time || (a.id < b.id ? -1 : 1),
  );
}

/**
 * The cascades' first posts at random moments of the first nine tenths of the days, their reposts after them: the first day of a
 * cascade at its own pace, what came later (half of them run for two months) pressed into the days that are left.
 */
function readCascadePosts(data: string, { from, days, cascadeStep = 1 }: BackgroundOptions, next: () => number): Raw[] {
  const cascades = readCascades(data);
  const posts: Raw[] = [];
  for (const [at, root] of readRumors(data).entries()) {
    const start = Math.round(from + Math.floor(next() * days * 0.9) * DAY + momentOfDay(next));
    if (at % cascadeStep !== 0) continue;
    const reposts = cascades.get(root.id) ?? [];
    const id = `ced-${root.id}`;
    const followers = root.author_followers_log10;
    posts.push({
      id,
      text: root.text,
      time: start,
      kind: 'post',
      author: {
        key: id,
        kind: root.author_verified === true ? 'verified' : 'ordinary',
        ...(followers === null ? {} : { followersLog10: followers }),
      },
    });
    const last = Math.max(...reposts.map(([seconds]) => seconds * 1000), 0);
    const left = from + days * DAY - start - DAY;
    const press = last - DAY > left ? Math.max(0, left) / (last - DAY) : 1;
    for (const [number, [seconds, , user, text]] of reposts.entries()) {
      const after = seconds * 1000;
      posts.push({
        id: `${id}-${number}`,
        text: text.trim() === '' ? '转发微博' : text,
        time: Math.round(start + (after <= DAY ? after : DAY + (after - DAY) * press)),
        kind: 'repost',
        root: id,
        author: { key: `${id} ${user}`, kind: 'ordinary' },
      });
    }
  }
  return posts;
}

const ALL = HOURS.reduce<number>((sum, share) => sum + share, 0);

function momentOfDay(next: () => number): number {
  let left = next() * ALL;
  for (const [hour, share] of HOURS.entries()) {
    if (left < share) return (hour + left / share) * HOUR;
    left -= share;
  }
  return DAY - 1;
}
