import { repairOf } from '../domain/repair.ts';
import type { Repair } from '../domain/repair.ts';
import type { Candidate, Fields, FormatReader } from './format.ts';
import { hotLine, trustedUrl } from './hotlist.ts';
import { htmlToText } from './html-text.ts';
import { candidate, dayInName, firstOf, given, stamp, words } from './values.ts';

const NEWS = ['title', 'platform_id', 'rank', 'first_crawl_time'];
const RSS = ['title', 'feed_id', 'url', 'first_crawl_time'];
const has = (columns: readonly string[], marks: readonly string[]): boolean =>
  marks.every((mark) => columns.includes(mark));

/** TrendRadar: one SQLite file a day, hot lists (`news_items`) or feeds (`rss_items`). The day is the file's name. */
export const trendradar: FormatReader = {
  format: 'trendradar',
  recognise({ tables, path }) {
    const found = tables.filter(({ columns }) => has(columns, NEWS) || has(columns, RSS));
    if (found.length === 0) return undefined;
    const day = dayInName(path);
    return {
      confidence: day === undefined ? 0.8 : 0.95,
      because: `有表 ${found.map(({ name }) => name).join('、')}${day === undefined ? '' : `，日期取自文件名 ${day}`}`,
    };
  },
  readerOf({ table, path }) {
    const day = dayInName(path);
    if (has(table.columns, NEWS)) return (fields) => [newsOf(fields, day)];
    if (has(table.columns, RSS)) return (fields) => [articleOf(fields, day)];
    return undefined;
  },
};

const NO_DAY = 'TrendRadar 的时间只有时分，日期在文件名里：请保留原文件名（如 2026-11-20.db）';

function newsOf(fields: Fields, day: string | undefined): Candidate {
  const repairs: Repair[] = [];
  const list = words(fields['platform_id']) ?? 'unknown';
  const date = words(fields['crawl_date']) ?? day;
  const time = momentOf(fields['first_crawl_time'], date, repairs);
  if (time === undefined || date === undefined) return { broken: NO_DAY };
  const url = trustedUrl(list, firstOf(fields, 'url', 'mobile_url'), repairs);
  const seenAt = momentOf(fields['last_crawl_time'], date, []) ?? time;
  return hotLine(list, date, words(fields['title']), { url, time, seenAt }, repairs);
}

function articleOf(fields: Fields, day: string | undefined): Candidate {
  const repairs: Repair[] = [];
  const feed = words(fields['feed_id']) ?? 'unknown';
  const date = words(fields['crawl_date']) ?? day;
  const first = momentOf(fields['first_crawl_time'], date, []);
  const published = given(fields['published_at']);
  if (published === undefined && first === undefined) return { broken: NO_DAY };
  if (published === undefined) repairs.push(repairOf('time', 'time-from-source', '', first));
  const title = words(fields['title']);
  const summary = htmlToText(words(fields['summary']) ?? '', 'text', repairs);
  const link = words(fields['url']);
  return candidate(
    {
      id: words(fields['guid']) ?? (link === undefined || link.length > 200 ? `${stamp(link ?? title ?? '')}` : link),
      platform: `rss-${feed}`,
      kind: 'article',
      text: summary === '' ? title : summary,
      title: summary === '' ? undefined : title,
      url: link,
      time: published ?? first,
      seenAt: first,
    },
    repairs,
  );
}

/** 21:03 or 21-03 on a day, Asia/Shanghai; a time that carries its own day stays. */
function momentOf(clock: unknown, day: string | undefined, repairs: Repair[]): string | undefined {
  const said = words(clock);
  if (said === undefined) return undefined;
  const parts = /^(\d{1,2})[:\-时](\d{2})/.exec(said);
  if (parts === null || /^\d{4}/.test(said)) return said;
  if (day === undefined) return undefined;
  const time = `${day}T${parts[1]?.padStart(2, '0')}:${parts[2]}:00+08:00`;
  repairs.push(repairOf('time', 'time-from-source', said, `${day} ${parts[1]}:${parts[2]}`));
  return time;
}
