import { repairOf, shanghaiTime } from '../domain/repair.ts';
import type { Repair } from '../domain/repair.ts';
import { alignCells } from './format.ts';
import type { About, Aligned, Candidate, Fields, Format, FormatReader, Recognised, Shape } from './format.ts';
import { layoutOf } from './mediacrawler-layouts.ts';
import type { Layout } from './mediacrawler-layouts.ts';
import { candidate, countsOf, firstOf, given, tidyId, titleAndText, topicsOf, words } from './values.ts';

const EIGHT_HOURS = 8 * 3_600_000;
/** Before 2026-07 a post carried these of its author and place; of them only the province is kept, and the id to be re-keyed. */
const OLD_MARKS = ['user_id', 'ip_location'];
/** Platforms whose works and comments are numbered apart, so that one number may be both. */
const NUMBERED_APART: ReadonlySet<string> = new Set(['bilibili', 'tieba', 'zhihu', 'kuaishou']);

/** MediaCrawler's CSV, JSON, JSON Lines, SQLite and XLSX of seven platforms, contents and comments, before and after 2026-07. */
export const mediacrawler: FormatReader = {
  format: 'mediacrawler',
  recognise: (shape) => recogniseLayouts(shape, 'mediacrawler'),
  readerOf: (about) => readerOfLayout(about),
  align: alignMoved,
};

/** How sure it is that a file's tables are of MediaCrawler's making. */
export function recogniseLayouts(shape: Shape, format: Format): Recognised | undefined {
  const found = shape.tables.flatMap((table) => {
    const layout = layoutOf(table.columns, table.name, shape.path);
    return layout === undefined ? [] : [{ layout, table }];
  });
  const first = found[0];
  if (first === undefined) return undefined;
  const { layout, table } = first;
  const names = new Set(table.columns);
  const share = layout.columns.filter((column) => names.has(column)).length / layout.columns.length;
  const age = OLD_MARKS.some((mark) => names.has(mark)) ? '2026-07 以前的字段' : '2026-07 以后的字段';
  const all = [...new Set(found.map((one) => one.layout.name))].join('、');
  return {
    confidence: (format === 'mediacrawler' ? 0.7 : 0.6) + 0.25 * share,
    because: `有${all}的字段（${layout.marks.join('、')}），${age}`,
  };
}

/** The reader of a table of this layout; undefined where it is of none (accounts of authors, login states). */
export function readerOfLayout({ table, until, path }: About): ((fields: Fields) => readonly [Candidate]) | undefined {
  const layout = layoutOf(table.columns, table.name, path);
  if (layout === undefined) return undefined;
  return (fields) => [postOf(fields, layout, until)];
}

function postOf(fields: Fields, layout: Layout, until: number | undefined): Candidate {
  const repairs: Repair[] = [];
  const { platform, what } = layout;
  const id = idOf(tidyId(fields[layout.id], 'id', repairs), layout, what, fields);
  const { title, text } =
    layout.title === undefined
      ? { title: undefined, text: words(firstOf(fields, ...layout.text)) }
      : titleAndText(fields[layout.title], firstOf(fields, ...layout.text), repairs);
  const province = words(fields['ip_location'])?.replace(/^(?:发布于|来自)\s?/, '');
  const author = given(firstOf(fields, 'creator_hash', 'user_id'));
  return candidate(
    {
      id,
      platform,
      kind: what === 'comment' ? 'comment' : 'post',
      text,
      title,
      url: layout.url === undefined ? undefined : given(fields[layout.url]),
      time: timeOf(fields, layout, until, repairs),
      seenAt: given(fields['last_modify_ts']),
      ...linksOf(fields, layout),
      author: author === undefined ? undefined : { key: typeof author === 'number' ? String(author) : author },
      counts: countsOf(fields, layout.counts),
      hints: province === undefined || province === '' ? undefined : { province },
      topics: topicsOf(fields['tag_list']),
    },
    repairs,
  );
}

/** A comment's number is marked where the platform numbers works and comments apart; zhihu numbers each kind of work apart. */
function idOf(id: unknown, { platform }: Layout, what: Layout['what'], fields: Fields): unknown {
  const known = words(id);
  if (known === undefined) return undefined;
  // A number that JSON could not hold goes on as it is, for intake to refuse.
  if (typeof id === 'number' && !Number.isSafeInteger(id)) return id;
  if (what === 'comment') return NUMBERED_APART.has(platform) ? `comment-${known}` : known;
  const type = platform === 'zhihu' ? words(fields['content_type']) : undefined;
  return type === undefined ? known : `${type}-${known}`;
}

function linksOf(fields: Fields, layout: Layout): Fields {
  if (layout.under === undefined) return {};
  const root = idOf(given(fields[layout.under]), layout, 'content', fields);
  const answered = layout.answers === undefined ? undefined : words(fields[layout.answers]);
  // "0" is a comment on the work itself.
  const parent = answered === undefined || answered === '0' ? root : idOf(answered, layout, 'comment', fields);
  return { parent, root };
}

/**
 * Weibo's `create_time` was eight hours late in exports before 2026-07-30, its `create_date_time` right. Where both are there and
 * differ by that, the right one is taken and it is said; where only the late one is and it lies ahead of the crawl itself, the
 * eight hours are taken off.
 */
function timeOf(fields: Fields, layout: Layout, until: number | undefined, repairs: Repair[]): unknown {
  const time = firstOf(fields, ...layout.time);
  if (layout.platform !== 'weibo') return time;
  const epoch = epochOf(fields['create_time']);
  if (epoch === undefined) return time;
  const stated = words(fields['create_date_time']);
  const right = stated === undefined ? Number.NaN : Date.parse(zoned(stated));
  const crawled = epochOf(fields['last_modify_ts']) ?? until;
  const late = Number.isNaN(right)
    ? crawled !== undefined && epoch > crawled && epoch - EIGHT_HOURS <= crawled
    : epoch - right === EIGHT_HOURS;
  if (!late) return time;
  const at = Number.isNaN(right) ? epoch - EIGHT_HOURS : right;
  repairs.push(repairOf('time', 'eight-hours-late', shanghaiTime(epoch), shanghaiTime(at)));
  return new Date(at).toISOString();
}

const zoned = (time: string): string => {
  const iso = time.replace(' ', 'T');
  return /(?:Z|[+-]\d{2}:?\d{2})$/.test(iso) ? iso : `${iso}+08:00`;
};

/** Epoch seconds or milliseconds, as number or digits, in ms. */
function epochOf(value: unknown): number | undefined {
  const number = Number(words(value));
  if (!Number.isFinite(number) || number <= 0) return undefined;
  return number < 1e11 ? number * 1_000 : number;
}

/**
 * A CSV file that was appended to across an upgrade has the header of the old version and rows of the new one. They are told by
 * their number of cells; the row is read by the new order where that makes sense of it, and refused where it does not.
 */
function alignMoved(columns: readonly string[], cells: readonly unknown[]): Aligned {
  if (cells.length === columns.length) return alignCells(columns, cells);
  const layout = layoutOf(columns);
  if (layout === undefined) return alignCells(columns, cells);
  if (cells.length === layout.columns.length) {
    const moved = alignCells(layout.columns, cells);
    const clock = layout.time.map((name) => layout.columns.indexOf(name)).find((at) => at !== -1) ?? -1;
    if ('fields' in moved && /^\d{9,13}$|^20\d{2}[-/]/.test(words(cells[clock]) ?? '')) {
      const repair = repairOf('id', 'columns-moved', `${columns.length} 列`, `${layout.columns.length} 列`);
      return { fields: moved.fields, repairs: [repair] };
    }
  }
  return {
    broken: `这一行有 ${cells.length} 格，表头有 ${columns.length} 列：文件可能跨越了采集器升级，或没有写完；请按版本分开导出`,
  };
}
