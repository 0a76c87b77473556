import type { Repair } from '../domain/repair.ts';

/** What a file can be taken for; `auto` is asking. */
export const FORMATS = [
  'canonical',
  'mediacrawler',
  'weibo-crawler',
  'weibo-search',
  'mindspider',
  'trendradar',
  'hotlist',
  'rss',
  'csv',
  'mapping',
] as const;
export type Format = (typeof FORMATS)[number];

/** How rows lie in the bytes: one JSON a line, one JSON value, a table of text, a workbook, a database, a feed. */
export const CONTAINERS = ['lines', 'document', 'csv', 'xlsx', 'sqlite', 'feed'] as const;
export type Container = (typeof CONTAINERS)[number];

export const FORMAT_NAMES: Readonly<Record<Format, string>> = {
  canonical: '规范帖文（JSON）',
  mediacrawler: 'MediaCrawler 导出',
  'weibo-crawler': 'weibo-crawler 导出',
  'weibo-search': 'weibo-search 导出',
  mindspider: 'BettaFish/MindSpider 导出',
  trendradar: 'TrendRadar 日库',
  hotlist: 'newsnow 热榜',
  rss: 'RSS/Atom/JSON Feed',
  csv: '按列名的表格',
  mapping: '按映射的表格',
};

/** A row by the names of its columns or keys. */
export type Fields = Readonly<Record<string, unknown>>;

export interface TableShape {
  /** The database's table, the workbook's sheet, the JSON document's member; empty where there is only one. */
  readonly name: string;
  /** Columns in order; of JSON, the keys of its first objects. */
  readonly columns: readonly string[];
}

/** What there is to go by before the rows are read. */
export interface Shape {
  readonly path: string;
  readonly container: Container;
  readonly tables: readonly TableShape[];
}

export interface Recognised {
  /** 0…1. */
  readonly confidence: number;
  /** For people: what it was recognised by. */
  readonly because: string;
}

export interface Detected extends Recognised {
  readonly format: Format;
  readonly container: Container;
}

/** What a reader may know beside the row. Times are epoch ms. */
export interface About {
  readonly path: string;
  readonly table: TableShape;
  readonly now: number;
  /** When the file was last written: nothing in it is newer. */
  readonly until?: number | undefined;
  /** When its rows were seen, where the caller knows. */
  readonly seen?: number | undefined;
  /** The other members of a JSON document that holds the rows in one of them. */
  readonly members?: Fields | undefined;
}

/** What a reader makes of one row: a candidate for intake with what was put right, or why it is none. */
export type Candidate = { readonly value: Fields; readonly repairs: readonly Repair[] } | { readonly broken: string };

/** A row may hold two posts: a repost with the post it repeats. Never none. */
export type RowReader = (fields: Fields) => readonly [Candidate, ...Candidate[]];

/** Cells as fields; where a row does not fit the header, what was done about it or why it can't be read. */
export type Aligned = { readonly fields: Fields; readonly repairs: readonly Repair[] } | { readonly broken: string };

export interface FormatReader {
  readonly format: Format;
  /** undefined: it is not this format. */
  recognise(shape: Shape): Recognised | undefined;
  /** How to read a table's rows; undefined where the table holds no posts (accounts, settings), which is said aloud. */
  readerOf(about: About): RowReader | undefined;
  /** For formats whose rows may differ from their header; default `alignCells`. */
  align?(columns: readonly string[], cells: readonly unknown[]): Aligned;
}

export const NO_REPAIRS: readonly Repair[] = [];

/** Cells under their column names. Missing cells at the end are absent; cells beyond the header are refused, not dropped. */
export function alignCells(columns: readonly string[], cells: readonly unknown[]): Aligned {
  if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell !== '' && cell !== null)) {
    return {
      broken: `这一行有 ${String(cells.length)} 格，表头只有 ${String(columns.length)} 列，请检查引号与分隔符`,
    };
  }
  const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  columns.forEach((column, at) => {
    if (column !== '' && at < cells.length && !(column in fields)) fields[column] = cells[at];
  });
  return { fields, repairs: NO_REPAIRS };
}
