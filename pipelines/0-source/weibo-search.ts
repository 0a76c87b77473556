import { repairOf, shanghaiTime } from '../domain/repair.ts';
import type { Repair } from '../domain/repair.ts';
import type { AuthorKind } from '../domain/post.ts';
import type { Candidate, Fields, FormatReader } from './format.ts';
import { candidate, countsOf, firstOf, given, institutionKind, tidyId, topicsOf, words } from './values.ts';

const DAY_MS = 86_400_000;

/** The CSV's columns and the SQLite table's, in one. */
const CSV_MARKS = ['id', 'bid', '微博正文', '发布时间', 'user_authentication', 'retweet_id'];
const TABLE_MARKS = ['id', 'bid', 'text', 'created_at', 'user_authentication', 'retweet_id'];
const has = (columns: readonly string[], marks: readonly string[]): boolean =>
  marks.every((mark) => columns.includes(mark));

/** weibo-search: one CSV a keyword, or a SQLite table `weibo`. A reposted post has a row of its own. */
export const weiboSearch: FormatReader = {
  format: 'weibo-search',
  recognise({ tables }) {
    const found = tables.find(({ columns }) => has(columns, CSV_MARKS) || has(columns, TABLE_MARKS));
    if (found === undefined) return undefined;
    return { confidence: 0.95, because: '有 bid、retweet_id 与 user_authentication（蓝V/黄V）' };
  },
  readerOf({ table, now, until }) {
    if (!has(table.columns, CSV_MARKS) && !has(table.columns, TABLE_MARKS)) return undefined;
    const latest = Math.min(now, until ?? now);
    return (fields) => [postOf(fields, latest)];
  },
};

function postOf(fields: Fields, latest: number): Candidate {
  const repairs: Repair[] = [];
  const id = tidyId(fields['id'], 'id', repairs);
  const repeated = tidyId(fields['retweet_id'], 'root', repairs);
  const author = words(fields['user_id']);
  const [province, poi] = [words(fields['ip']), words(firstOf(fields, '发布位置', 'location'))];
  return candidate(
    {
      id,
      platform: 'weibo',
      kind: repeated === undefined ? 'post' : 'repost',
      text: words(firstOf(fields, '微博正文', 'text')),
      // Not the address with the author's number in it.
      url: id === undefined ? undefined : `https://m.weibo.cn/detail/${words(id) ?? ''}`,
      time: timeOf(given(firstOf(fields, '发布时间', 'created_at')), latest, repairs),
      parent: repeated,
      root: repeated,
      author:
        author === undefined
          ? undefined
          : { key: author, kind: kindOf(words(fields['user_authentication']), words(nameOf(fields))) },
      counts: countsOf(fields, {
        like: ['点赞数', 'attitudes_count'],
        comment: ['评论数', 'comments_count'],
        repost: ['转发数', 'reposts_count'],
      }),
      hints: province === undefined && poi === undefined ? undefined : { province, poi },
      topics: topicsOf(firstOf(fields, '话题', 'topics')),
    },
    repairs,
  );
}

const nameOf = (fields: Fields): unknown => firstOf(fields, '用户昵称', 'screen_name');

function kindOf(mark: string | undefined, name: string | undefined): AuthorKind {
  if (mark === '蓝V') return institutionKind(name);
  return mark !== undefined && /^[黄红金]V$/.test(mark) ? 'verified' : 'ordinary';
}

/** Where the page showed no year, the crawler put the year of the crawl: in January, December becomes a date to come. */
function timeOf(time: unknown, latest: number, repairs: Repair[]): unknown {
  const parts = typeof time === 'string' ? /^(\d{4})(-\d{2}-\d{2}) (\d{2}:\d{2})$/.exec(time.trim()) : null;
  if (parts === null) return time;
  const at = Date.parse(`${parts[1]}${parts[2]}T${parts[3]}:00+08:00`);
  if (Number.isNaN(at) || at <= latest + DAY_MS) return time;
  const before = Date.parse(`${Number(parts[1]) - 1}${parts[2]}T${parts[3]}:00+08:00`);
  if (Number.isNaN(before) || before > latest + DAY_MS) return time;
  repairs.push(repairOf('time', 'year-ahead', time, shanghaiTime(before)));
  return new Date(before).toISOString();
}
