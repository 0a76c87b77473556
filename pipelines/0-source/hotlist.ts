import { basename } from 'node:path';
import { repairOf, shanghaiTime } from '../domain/repair.ts';
import type { Repair } from '../domain/repair.ts';
import type { Candidate, Fields, FormatReader } from './format.ts';
import { candidate, dayInName, given, stamp, words } from './values.ts';

/** The hosts a list's links may lead to. Lists are fetched from a mirror, and its links have been forged before. */
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  weibo: ['weibo.com', 'weibo.cn'],
  zhihu: ['zhihu.com'],
  toutiao: ['toutiao.com'],
  baidu: ['baidu.com'],
  douyin: ['douyin.com'],
  tieba: ['baidu.com'],
  thepaper: ['thepaper.cn'],
  ifeng: ['ifeng.com'],
  bilibili: ['bilibili.com'],
  cls: ['cls.cn'],
  wallstreetcn: ['wallstreetcn.com'],
  kuaishou: ['kuaishou.com'],
};

/** A link of a list, or undefined where it leads elsewhere than the list's own site; then it is said. Unknown lists may lead anywhere. */
export function trustedUrl(list: string, url: unknown, repairs: Repair[]): string | undefined {
  const given = words(url);
  const hosts = HOSTS[/^[a-z]+/.exec(list)?.[0] ?? ''];
  if (given === undefined || hosts === undefined) return given;
  const host = URL.canParse(given) ? new URL(given).hostname.toLowerCase() : '';
  if (hosts.some((known) => host === known || host.endsWith(`.${known}`))) return given;
  repairs.push(repairOf('url', 'url-dropped', given, ''));
  return undefined;
}

/** A line of a hot list. The same title on the same list on one day is one line, however often it was read. */
export function hotLine(
  list: string,
  day: string,
  title: string | undefined,
  more: Fields,
  repairs: readonly Repair[],
): Candidate {
  if (title === undefined) return { broken: '热榜的这一条没有标题' };
  const id = `${day}-${stamp(title)}`;
  return candidate({ id, platform: `hot-${list}`, kind: 'hotlist', text: title, ...more }, repairs);
}

/** newsnow's answer to `GET /api/s?id=LIST`: one list at one moment. */
export const hotlist: FormatReader = {
  format: 'hotlist',
  recognise({ container, tables }) {
    if (container !== 'document' && container !== 'lines') return undefined;
    const items = tables.find(({ name, columns }) => name === 'items' && columns.includes('title'));
    if (items === undefined) return undefined;
    const sure = items.columns.includes('mobileUrl') || items.columns.includes('extra');
    return { confidence: sure ? 0.9 : 0.7, because: '有 items，每条有 title、url（newsnow 热榜）' };
  },
  readerOf({ path, members, seen, until, table }) {
    if (table.name !== 'items') return undefined;
    const list = words(members?.['id']) ?? listInName(path);
    const read = Number(words(members?.['updatedTime']));
    const at = read > 1e12 ? read : (seen ?? momentInName(path, until));
    return (fields) => {
      const title = words(fields['title']);
      if (at === undefined) {
        return [{ broken: '热榜里没有时间：请把日期写进文件名（如 weibo-2026-11-20.json），或用 --seen 给出采集时间' }];
      }
      const repairs: Repair[] = [];
      if (!(read > 1e12)) repairs.push(repairOf('time', 'time-from-source', '', shanghaiTime(at)));
      const url = trustedUrl(list, given(fields['url']) ?? given(fields['mobileUrl']), repairs);
      const time = new Date(at).toISOString();
      return [hotLine(list, shanghaiTime(at).slice(0, 10), title, { url, time, seenAt: time }, repairs)];
    };
  },
};

/** weibo-2026-11-20.json → weibo */
const listInName = (path: string): string =>
  /^([a-z][a-z0-9]*(?:-[a-z]+)*)/i.exec(basename(path))?.[1]?.toLowerCase() ?? 'unknown';

/** The day in the file's name, at the hour the file was written where that was on the same day. */
function momentInName(path: string, until: number | undefined): number | undefined {
  const day = dayInName(path);
  if (day === undefined) return undefined;
  if (until !== undefined && shanghaiTime(until).startsWith(day)) return until;
  return Date.parse(`${day}T00:00:00+08:00`);
}
