import { readNews, readMessages } from './data-sets.ts';
import { readRows } from './data-folder.ts';
import { random } from './random.ts';
import type { Raw } from './watch-stream.ts';

const DAY = 86_400_000;
/** Share of a day's posts by hour of Shanghai, in thousandths: quiet nights, a noon and an evening. */
const HOURS = [22, 13, 8, 6, 6, 9, 18, 34, 46, 53, 56, 56, 58, 54, 51, 51, 52, 53, 54, 58, 66, 70, 62, 44] as const;

/**
 * Real posts, news and citizens' messages, each set in its own order, pressed into some days with the hours of an ordinary day.
 * Every post has its own author. They hold real events of their own.
 */
export function readBackground(data: string, from: number, days: number): Raw[] {
  const next = random(7);
  const sets: { name: string; texts: string[]; kind: Raw['kind']; author: 'media' | 'ordinary' }[] = [
    {
      name: 'ncov',
      texts: readRows<{ text: string }>(data, 'ncov-weibo-10k/posts.jsonl.gz').map((row) => row.text),
      kind: 'post',
      author: 'ordinary',
    },
    { name: 'cctv', texts: readNews(data).map((row) => row.text), kind: 'post', author: 'media' },
    {
      name: 'taidi',
      texts: readMessages(data).map((row) => `${row.title}。${row.text}`),
      kind: 'post',
      author: 'ordinary',
    },
  ];
  return sets
    .flatMap(({ name, texts, kind, author }) =>
      texts.map((text, at): Raw => {
        const day = Math.floor((at / texts.length) * days);
        return {
          id: `${name}-${at}`,
          text,
          time: Math.round(from + day * DAY + momentOfDay(next)),
          ...(kind === undefined ? {} : { kind }),
          author: { key: author === 'media' ? name : `${name} ${at}`, kind: author },
        };
      }),
    )
    .sort((a, b) => a.time - b.time);
}

const ALL = HOURS.reduce<number>((sum, share) => sum + share, 0);

function momentOfDay(next: () => number): number {
  let left = next() * ALL;
  for (const [hour, share] of HOURS.entries()) {
    if (left < share) return (hour + left / share) * 3_600_000;
    left -= share;
  }
  return DAY - 1;
}
