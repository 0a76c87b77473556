import { NO_REPAIRS } from './format.ts';
import type { Fields, FormatReader, Recognised, Shape } from './format.ts';
import { topicsOf } from './values.ts';

/** Canonical posts as JSON: one object a line, or an array. Nothing is changed; intake checks every field. */
export const canonical: FormatReader = {
  format: 'canonical',
  recognise({ container, tables }) {
    if (container !== 'lines' && container !== 'document') return undefined;
    const keys = tables[0]?.columns ?? [];
    const found = ['id', 'text', 'time'].filter((key) => keys.includes(key));
    if (found.length === 3) return { confidence: 0.9, because: '每条有 id、text、time' };
    return { confidence: 0.1 + found.length / 10, because: '没有认出别的格式，按规范帖文读' };
  },
  readerOf: () => (fields) => [{ value: fields, repairs: NO_REPAIRS }],
};

const NAMES = {
  id: ['id', '编号', '帖子id', '微博id', 'note_id'],
  platform: ['platform', '平台'],
  kind: ['kind', '类型'],
  text: ['text', '正文', '内容', '微博正文', 'content'],
  title: ['title', '标题'],
  url: ['url', '链接', '网址', '地址'],
  time: ['time', '时间', '发布时间', '完整日期'],
  seenAt: ['seenat', '采集时间'],
  parent: ['parent', '上级'],
  root: ['root', '主帖'],
  author_key: ['author_key', '作者'],
  author_kind: ['author_kind', '作者类型'],
  like: ['like', '点赞', '点赞数'],
  comment: ['comment', '评论', '评论数'],
  repost: ['repost', '转发', '转发数'],
  view: ['view', '阅读', '阅读数', '浏览数'],
  province: ['province', '省', '省份', 'ip'],
  poi: ['poi', '位置', '发布位置'],
  topics: ['topics', '话题'],
  source: ['source', '来源', '数据源'],
} as const;
type Column = keyof typeof NAMES;

const COLUMN_OF: ReadonlyMap<string, Column> = new Map(
  (Object.keys(NAMES) as Column[]).flatMap((column) => NAMES[column].map((name) => [name, column] as const)),
);
const GROUPS: Readonly<Partial<Record<Column, readonly [group: string, key: string]>>> = {
  author_key: ['author', 'key'],
  author_kind: ['author', 'kind'],
  like: ['counts', 'like'],
  comment: ['counts', 'comment'],
  repost: ['counts', 'repost'],
  view: ['counts', 'view'],
  province: ['hints', 'province'],
  poi: ['hints', 'poi'],
};
const NEEDED = ['id', 'text', 'time'] as const;

/** Which column each name means; of two with one meaning the first counts. */
function meaningsOf(names: readonly string[]): readonly (Column | undefined)[] {
  const taken = new Set<Column>();
  return names.map((name) => {
    const column = COLUMN_OF.get(name.trim().toLowerCase());
    if (column === undefined || taken.has(column)) return undefined;
    taken.add(column);
    return column;
  });
}

/** The columns a table lacks to be read by its names, as a sentence; undefined where it lacks none. */
export function lackingColumns(names: readonly string[]): string | undefined {
  const meanings = meaningsOf(names);
  const missing = NEEDED.filter((column) => !meanings.includes(column));
  if (missing.length === 0) return undefined;
  const wanted = missing.map((column) => `${column}（也可写 ${NAMES[column].slice(1).join('、')}）`).join('；');
  return `第一行应为列名，缺少：${wanted}。列名不同的表格请给出映射（--mapping）`;
}

/** The columns that mean nothing to a post. */
export function ignoredColumns(names: readonly string[]): readonly string[] {
  const meanings = meaningsOf(names);
  return names.filter((name, at) => name.trim() !== '' && meanings[at] === undefined);
}

/** A table (CSV, XLSX) whose columns have the canonical or the usual Chinese names. Empty cells are left out. */
export const byColumnNames: FormatReader = {
  format: 'csv',
  recognise({ container, tables }: Shape): Recognised | undefined {
    if (container !== 'csv' && container !== 'xlsx') return undefined;
    const readable = tables.some(({ columns }) => lackingColumns(columns) === undefined);
    return readable ? { confidence: 0.6, because: '列名里有编号、正文、时间' } : undefined;
  },
  readerOf({ table }) {
    if (lackingColumns(table.columns) !== undefined) return undefined;
    const meanings = meaningsOf(table.columns);
    return (fields) => [{ value: postOf(fields, table.columns, meanings), repairs: NO_REPAIRS }];
  },
};

function postOf(fields: Fields, names: readonly string[], meanings: readonly (Column | undefined)[]): Fields {
  const post: Record<string, unknown> = {};
  meanings.forEach((column, at) => {
    const given = fields[names[at] ?? ''];
    const cell = typeof given === 'string' ? given.trim() : given;
    if (column === undefined || cell === '' || cell === undefined || cell === null) return;
    const place = GROUPS[column];
    if (column === 'topics') post[column] = topicsOf(cell) ?? [];
    else if (place === undefined) post[column] = cell;
    else post[place[0]] = { ...(post[place[0]] as Fields | undefined), [place[1]]: cell };
  });
  return post;
}
