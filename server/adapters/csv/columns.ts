/** A whole CSV file can't be read. The message names the file and the remedy. */
export class CsvFault extends Error {
  override readonly name = 'CsvFault';
}

const NAMES = {
  id: ['id', 'ID', '编号', '帖子id', '微博id', 'note_id'],
  platform: ['platform', '平台'],
  kind: ['kind', '类型'],
  text: ['text', '正文', '内容', '微博正文', 'content'],
  title: ['title', '标题'],
  url: ['url', '链接', '网址', '地址'],
  time: ['time', '时间', '发布时间', '完整日期'],
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

export interface Header {
  /** As written, trimmed. */
  readonly names: readonly string[];
  /** Which column each cell is; undefined: passed over. */
  readonly columns: readonly (Column | undefined)[];
  readonly ignored: readonly string[];
}

/** @throws CsvFault where a needed column is missing, naming what it may be called */
export function readHeader(cells: readonly string[], file: string): Header {
  const names = cells.map((cell) => cell.trim());
  const columns = names.map((name, at) => {
    const column = COLUMN_OF.get(name) ?? COLUMN_OF.get(name.toLowerCase());
    // Of two columns with one meaning the first counts.
    return names.slice(0, at).some((earlier) => COLUMN_OF.get(earlier) === column) ? undefined : column;
  });
  const missing = (['id', 'text', 'time'] as const).filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    const wanted = missing.map((column) => `${column}（也可写 ${NAMES[column].slice(1).join('、')}）`).join('；');
    throw new CsvFault(`文件 ${file} 第一行应为列名，缺少：${wanted}`);
  }
  return { names, columns, ignored: names.filter((name, at) => name !== '' && columns[at] === undefined) };
}

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

/** One record as a canonical post; empty cells are left out, plain digits are numbers where a count is meant. */
export function canonicalOf(record: readonly string[], { columns }: Header): Record<string, unknown> {
  const post: Record<string, unknown> = {};
  const groups = new Map<string, Record<string, unknown>>();
  columns.forEach((column, at) => {
    const cell = record[at]?.trim() ?? '';
    if (column === undefined || cell === '') return;
    const place = GROUPS[column];
    if (column === 'topics')
      post[column] = cell.split(/[;；,，]/).flatMap((word) => word.replaceAll('#', '').trim() || []);
    else if (place === undefined) post[column] = cell;
    else {
      const group = groups.get(place[0]) ?? {};
      groups.set(place[0], group);
      group[place[1]] = place[0] === 'counts' && /^\d{1,15}$/.test(cell) ? Number(cell) : cell;
    }
  });
  return { ...post, ...Object.fromEntries(groups) };
}
