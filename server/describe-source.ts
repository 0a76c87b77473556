import { resolve } from 'node:path';
import { FORMATS } from '../pipelines/0-source/format.ts';
import { isRegionCode } from '../pipelines/domain/region.ts';
import type { Way } from '../pipelines/domain/way.ts';
import type { SourceAbout, SourceChange } from '../pipelines/ports/source-book.ts';
import { readAddress, type NamedHosts } from './adapters/outbound/address.ts';
import { LEAST_EVERY } from './feed-schedule.ts';
import type { AskedField, RefusedAsk, SourceAsk } from './services/door.ts';

export type Described =
  | { readonly refused: RefusedAsk }
  | { readonly fresh: Omit<SourceAbout, 'createdAt' | 'paused'> }
  | { readonly change: SourceChange; readonly way: Way };

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;
const MINUTE = 60_000;
const USUAL_EVERY = 15 * MINUTE;
const LONGEST_SPAN = 366 * 24 * 60 * MINUTE;
const MOST_CAPS = 20;
const LONGEST_CAP = 100;
const PUSHED: ReadonlySet<Way> = new Set(['http', 'weibo-crawler']);

/** Ways whose sources bring rows with a token. */
export const isPushed = (way: Way): boolean => PUSHED.has(way);

/** What becomes of a source by what was said of it, or what is wrong with that. */
export function describeSource(ask: SourceAsk, known: SourceAbout | undefined, named: NamedHosts): Described {
  const { name } = ask;
  const refuse = (where: AskedField, because: string): Described => ({ refused: { where, because } });
  if (known === undefined && !NAME.test(name)) return refuse('name', '名称用 1 到 64 个字、数字、点、横线或下划线');
  const way = ask.way ?? known?.way ?? 'http';
  if (known !== undefined && !mayBecome(known.way, way)) {
    return way === 'feed'
      ? refuse('way', `数据源“${name}”原有，不是订阅源，请换一个名称`)
      : refuse('way', `数据源“${name}”原有，方式是 ${known.way}，不能改成 ${way}，请换一个名称`);
  }
  const wrong = wrongIn(ask, way);
  if (wrong !== undefined) return { refused: wrong };
  const place = placeOf(ask.place ?? (known?.way === way ? known.place : undefined), way, named);
  if (typeof place === 'object') return { refused: place };
  const everyMs = way === 'feed' ? (ask.everyMs ?? known?.everyMs ?? USUAL_EVERY) : undefined;
  const said = {
    ...(place !== undefined && { place }),
    ...(everyMs !== undefined && { everyMs }),
    ...(ask.format !== undefined && { format: ask.format }),
    ...(ask.cadenceMs !== undefined && { cadenceMs: ask.cadenceMs }),
    ...(isRegionCode(ask.region) || ask.region === null ? { region: ask.region } : {}),
  };
  const { caps } = ask;
  if (known !== undefined) return { way, change: { way, ...said, ...(caps !== undefined && { caps }) } };
  return { fresh: { name, way, caps: caps ?? [], ...withoutNulls(said) } };
}

/** A name that was first met in a file may become any source; what is pushed may be pushed either way. */
const mayBecome = (was: Way, way: Way): boolean =>
  was === way || was === 'file' || (PUSHED.has(was) && PUSHED.has(way));

function wrongIn(ask: SourceAsk, way: Way): RefusedAsk | undefined {
  const { region, format, cadenceMs, everyMs, caps } = ask;
  if (region !== undefined && region !== null && !isRegionCode(region))
    return { where: 'region', because: '应为 6、9 或 12 位区划代码，例如 410300' };
  if (format !== undefined && format !== null && !(['auto', ...FORMATS] as readonly string[]).includes(format))
    return { where: 'format', because: `只能是 auto、${FORMATS.join('、')} 之一` };
  if (way !== 'feed' && everyMs !== undefined)
    return { where: 'every', because: '只用于订阅源；别的来源写明应多久来一次' };
  if (way === 'feed' && cadenceMs !== undefined && cadenceMs !== null)
    return { where: 'cadence', because: '不用于订阅源，订阅源写明多久取一次（--every）' };
  if (everyMs !== undefined && !(everyMs >= LEAST_EVERY && everyMs <= LONGEST_SPAN))
    return { where: 'every', because: '至少 1m，至多一年，例如 15m' };
  if (cadenceMs !== undefined && cadenceMs !== null && !(cadenceMs >= 1_000 && cadenceMs <= LONGEST_SPAN))
    return { where: 'cadence', because: '至少一秒，至多一年，例如 10m' };
  if (
    caps !== undefined &&
    (caps.length > MOST_CAPS || caps.some((cap) => cap.trim() === '' || cap.length > LONGEST_CAP))
  )
    return { where: 'caps', because: `至多 ${MOST_CAPS} 条，每条 1 到 ${LONGEST_CAP} 字` };
  return undefined;
}

function placeOf(place: string | undefined, way: Way, named: NamedHosts): string | undefined | RefusedAsk {
  if (way === 'feed') {
    if (place === undefined) return { where: 'place', because: '订阅源要写明地址' };
    const read = readAddress(place, named);
    return 'refused' in read ? { where: 'place', because: read.refused } : read.url.href;
  }
  if (way === 'folder') {
    return place === undefined ? { where: 'place', because: '文件夹来源要写明路径' } : resolve(place);
  }
  return place === undefined ? undefined : { where: 'place', because: '只用于文件夹来源' };
}

type Whole<T> = { [Key in keyof T]: Exclude<T[Key], null> };
const withoutNulls = <T extends object>(from: T): Whole<T> =>
  Object.fromEntries(Object.entries(from).filter(([, value]) => value !== null)) as Whole<T>;
