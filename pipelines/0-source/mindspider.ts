import { repairOf } from '../domain/repair.ts';
import type { Repair } from '../domain/repair.ts';
import { readerOfLayout, recogniseLayouts } from './mediacrawler.ts';
import type { Candidate, Fields, FormatReader } from './format.ts';
import { candidate, firstOf, given, words } from './values.ts';

const NEWS = ['news_id', 'source_platform', 'title', 'crawl_date', 'rank_position'];
/** What tells its copies of MediaCrawler's tables from MediaCrawler's own. */
const OWN = ['topic_id', 'crawling_task_id'];

const isNews = (columns: readonly string[]): boolean => NEWS.every((mark) => columns.includes(mark));

/**
 * BettaFish/MindSpider: its tables as exported to CSV or JSON. `daily_news` is a hot list; the posts and comments are in
 * MediaCrawler's old tables with two columns more. Topics made by a model (`daily_topics`) and crawl tasks are no posts.
 */
export const mindspider: FormatReader = {
  format: 'mindspider',
  recognise(shape) {
    if (shape.tables.some(({ columns }) => isNews(columns))) {
      return { confidence: 0.95, because: '有 news_id、source_platform、rank_position（daily_news 表）' };
    }
    if (!shape.tables.some(({ columns }) => OWN.some((mark) => columns.includes(mark)))) return undefined;
    const found = recogniseLayouts(shape, 'mindspider');
    if (found === undefined) return undefined;
    return { confidence: 0.97, because: `${found.because}，并有 ${OWN.join('、')}` };
  },
  readerOf(about) {
    if (isNews(about.table.columns)) return (fields) => [newsOf(fields)];
    return readerOfLayout(about);
  },
};

function newsOf(fields: Fields): Candidate {
  const repairs: Repair[] = [];
  const added = given(fields['add_ts']);
  // The moment it was added is finer than the day it was crawled on, where it lies on that day or there is no day.
  const time = added ?? given(fields['crawl_date']);
  if (added === undefined && time !== undefined) repairs.push(repairOf('time', 'time-from-source', '', time));
  const platform = words(fields['source_platform']);
  return candidate(
    {
      // news_id repeats from day to day for those the list gives no id of their own.
      id: [words(fields['news_id']), words(fields['crawl_date'])].filter((part) => part !== undefined).join('@'),
      platform: platform === undefined ? undefined : `hot-${platform}`,
      kind: 'hotlist',
      text: words(firstOf(fields, 'title', 'description')),
      url: given(fields['url']),
      time,
    },
    repairs,
  );
}
