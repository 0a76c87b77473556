/** What was put right on a row before it became a post. The order is that of docs/sources.md. */
export const REPAIR_KINDS = [
  'count-words',
  'count-absent',
  'count-rounded',
  'epoch-seconds',
  'epoch-millis',
  'zone-assumed',
  'day-only',
  'year-missing',
  'year-ahead',
  'relative-time',
  'eight-hours-late',
  'time-from-source',
  'text-cut',
  'text-malformed',
  'text-controls',
  'markup-removed',
  'title-repeated',
  'topics-cut',
  'url-dropped',
  'url-completed',
  'url-author',
  'id-trimmed',
  'id-made',
  'columns-moved',
] as const;
export type RepairKind = (typeof REPAIR_KINDS)[number];

/** One repair: the field of the canonical post (`counts.like`), and the value before and after, each cut for people. */
export interface Repair {
  readonly field: string;
  readonly kind: RepairKind;
  readonly from: string;
  readonly to: string;
}

const LONGEST_SHOWN = 40;

/** A value as a repair shows it: text, cut at 40 UTF-16 units; nothing stays empty. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return '';
  const words =
    typeof value === 'string'
      ? value
      : typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : JSON.stringify(value);
  return (words.length <= LONGEST_SHOWN ? words : `${words.slice(0, LONGEST_SHOWN)}…`).toWellFormed();
}

export const repairOf = (field: string, kind: RepairKind, from: unknown, to: unknown): Repair => ({
  field,
  kind,
  from: shown(from),
  to: shown(to),
});

/** Epoch ms as people here write it: 2026-11-20 21:03:05, Asia/Shanghai. */
export const shanghaiTime = (at: number): string =>
  new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

export const REPAIR_WORDS: Readonly<Record<RepairKind, string>> = {
  'count-words': '计数换成数字',
  'count-absent': '没有计数',
  'count-rounded': '小数取整',
  'epoch-seconds': '数字按秒',
  'epoch-millis': '数字按毫秒',
  'zone-assumed': '没有时区，按北京时间',
  'day-only': '只有日期，按当天零点',
  'year-missing': '没有年份，取不晚于采集时的最近一年',
  'year-ahead': '年份多了一年（跨年时补错），减一年',
  'relative-time': '相对时间按采集时刻换算',
  'eight-hours-late': '晚了八小时（采集器时区错误），已减去',
  'time-from-source': '没有发布时间，用采集时间',
  'text-cut': '太长，只留前面',
  'text-malformed': '残缺的字符换成 �',
  'text-controls': '去掉控制字符',
  'markup-removed': '去掉网页标记',
  'title-repeated': '标题与正文开头相同，不再重复',
  'topics-cut': '太多，只留前面',
  'url-dropped': '不是可信的 http(s) 网址，已去掉',
  'url-completed': '网址补全',
  'url-author': '含作者编号，已去掉',
  'id-trimmed': '去掉编号前后的空白',
  'id-made': '没有编号，按时间与正文生成',
  'columns-moved': '这一行的列序与表头不同，按新版列序读',
};

/** A repair as a sentence for people. */
export function sayRepair({ field, kind, from, to }: Repair): string {
  const change = from === '' && to === '' ? '' : `（“${from}”${to === '' ? '' : ` → “${to}”`}）`;
  return `${field}：${REPAIR_WORDS[kind]}${change}`;
}
