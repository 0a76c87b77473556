import { csvRow } from '../pipelines/domain/csv-row.ts';
import { platformName } from '../pipelines/domain/platform.ts';
import { clockOf, dateOf, minuteOfDay } from '../pipelines/domain/shanghai-time.ts';
import { writeXlsx } from './adapters/xlsx/write-xlsx.ts';
import type { PostRow } from './contract/http.ts';
import type { FileFormat } from './contract/search.ts';

/** A search as a table: no author, and no address of the post, which on many platforms names its author. */
const COLUMNS = [
  { name: '时间', width: 17 },
  { name: '平台', width: 10 },
  { name: '来源', width: 14 },
  { name: '标题', width: 24 },
  { name: '正文', width: 60 },
  { name: '诉求', width: 8 },
  { name: '急件', width: 6 },
  { name: '情绪', width: 8 },
  { name: '待核实', width: 8 },
  { name: '地点', width: 24 },
  { name: '区划代码', width: 14 },
  { name: '主管', width: 14 },
  { name: '帖文编号', width: 30 },
] as const;

const SENTIMENT_WORDS = { negative: '负面', neutral: '中性', positive: '正面' } as const;
const localTime = (at: number): string => `${dateOf(at)} ${clockOf(minuteOfDay(at))}`;
const yes = (is: boolean): string => (is ? '是' : '');

/** One cell a column. */
const cellsOf = (post: PostRow): string[] => [
  localTime(Date.parse(post.time)),
  platformName(post.platform),
  post.source,
  post.title ?? '',
  post.text,
  post.need ?? '',
  yes(post.urgent),
  SENTIMENT_WORDS[post.sentiment],
  yes(post.needsCheck),
  post.regionName ?? '',
  post.region ?? '',
  post.duty.join('、'),
  post.id,
];

/** The rows as a file, written as they come. */
export const exportFile = (format: FileFormat, posts: AsyncIterable<PostRow>): AsyncIterable<string | Uint8Array> =>
  format === 'csv' ? csv(posts) : writeXlsx('检索', COLUMNS, cells(posts));

/** UTF-8 with a mark in front, so that a spreadsheet reads it as it is. */
async function* csv(posts: AsyncIterable<PostRow>): AsyncGenerator<string> {
  yield `\uFEFF${csvRow(COLUMNS.map(({ name }) => name))}`;
  for await (const row of cells(posts)) yield csvRow(row);
}

async function* cells(posts: AsyncIterable<PostRow>): AsyncGenerator<string[]> {
  for await (const post of posts) yield cellsOf(post);
}
