import { resolve } from 'node:path';
import { FORMATS } from '../../pipelines/0-source/format.ts';
import { isRegionCode } from '../../pipelines/domain/region.ts';
import { WAYS, type Way } from '../../pipelines/domain/way.ts';
import type { SourceAbout } from '../../pipelines/ports/source-book.ts';
import { namedHosts, readAddress } from '../adapters/outbound/address.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { readConfig } from '../config.ts';
import { LEAST_EVERY } from '../feed-schedule.ts';
import { openFrontDoor, type FrontDoor } from '../front-door.ts';
import { addToken, readTokens, removeTokens } from '../http/tokens.ts';
import { usualInterval } from '../jobs/usual-interval.ts';
import { EXIT, type Streams } from './lines.ts';

export interface SourceFlags {
  readonly way: string;
  readonly place?: string;
  /** Address of a feed: then the way is `feed`. */
  readonly feed?: string;
  readonly every?: string;
  readonly format?: string;
  readonly cadence?: string;
  readonly region?: string;
  readonly cap?: readonly string[];
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** "10m" → 600000; undefined where it is no span. */
export function spanOf(text: string): number | undefined {
  const parts = /^(\d{1,6})([smhd])$/.exec(text);
  const ms = Number(parts?.[1]) * (UNITS[parts?.[2] ?? ''] ?? NaN);
  return ms > 0 ? ms : undefined;
}

type Described = Omit<SourceAbout, 'createdAt' | 'paused'>;

/** Describes a new source, or describes a known one better; a pushed one also gets a token, shown this once. */
export function addSource(name: string, flags: SourceFlags, streams: Streams): Promise<number> {
  const refuse = (because: string): number => {
    streams.stderr.write(`${because}\n`);
    return EXIT.usage;
  };
  const about = describe(name, flags);
  if (typeof about === 'string') return Promise.resolve(refuse(about));
  const { name: _name, way, ...change } = about;
  return withFront((front, tokenFile) => {
    const { book } = front.door;
    const isNew = book.add({ ...about, createdAt: systemClock.now(), paused: false });
    if (!isNew) {
      const was = book.list().find((known) => known.name === name)?.way;
      if (was === 'feed' && way !== 'feed') return refuse(`数据源“${name}”是订阅源，改写它的说明也要写 --feed`);
      if (was !== 'feed' && way === 'feed') return refuse(`数据源“${name}”原有，不是订阅源，请换一个名称`);
      book.change(name, change);
    }
    streams.stderr.write(isNew ? `数据源“${name}”已建立\n` : `数据源“${name}”原已有，已按新的说明改写\n`);
    if (way !== 'http' && way !== 'weibo-crawler') return EXIT.ok;
    if (readTokens(tokenFile).count(name) > 0) return EXIT.ok;
    streams.stderr.write('令牌（只显示这一次，文件里只存散列）：\n');
    streams.stdout.write(`${addToken(tokenFile, name)}\n`);
    return EXIT.ok;
  });
}

/** The source that flags describe, or what is wrong with them. */
function describe(name: string, flags: SourceFlags): Described | string {
  const { region } = flags;
  if (region !== undefined && !isRegionCode(region)) return '--region 应为 6、9 或 12 位区划代码，例如 410300';
  const common = {
    name,
    caps: flags.cap ?? [],
    ...(flags.format !== undefined && { format: flags.format }),
    ...(region !== undefined && { region }),
  };
  if (flags.feed !== undefined) return describeFeed(flags.feed, flags, common);
  const way = WAYS.find((known): known is Way => known === flags.way);
  if (way === undefined) return `--way 只能是 ${WAYS.join('、')} 之一`;
  if (way === 'feed') return '订阅源要用 --feed 写明地址';
  if (flags.every !== undefined) return '--every 只用于订阅源（--feed）；别的来源用 --cadence 写明应多久来一次';
  if (way === 'folder' && flags.place === undefined) return '文件夹来源要用 --place 写明路径';
  const cadenceMs = flags.cadence === undefined ? undefined : spanOf(flags.cadence);
  if (flags.cadence !== undefined && cadenceMs === undefined) return '--cadence 应为数字加 s、m、h 或 d，例如 10m';
  return {
    ...common,
    way,
    ...(flags.place !== undefined && { place: resolve(flags.place) }),
    ...(cadenceMs !== undefined && { cadenceMs }),
  };
}

function describeFeed(feed: string, flags: SourceFlags, common: Omit<Described, 'way'>): Described | string {
  if (flags.cadence !== undefined || flags.place !== undefined)
    return '订阅源用 --feed 与 --every，不用 --place 与 --cadence';
  const { format } = flags;
  if (format !== undefined && !['auto', ...FORMATS].includes(format))
    return `--format 只能是 auto、${FORMATS.join('、')} 之一`;
  const read = readAddress(feed, namedHosts(readConfig(process.env).feedHosts));
  if ('refused' in read) return `--feed ${read.refused}`;
  const everyMs = spanOf(flags.every ?? '15m');
  if (everyMs === undefined || everyMs < LEAST_EVERY) return '--every 应为数字加 s、m、h 或 d，至少 1m，例如 15m';
  return { ...common, way: 'feed', place: read.url.href, everyMs };
}

/** One JSON line a source. */
export const listSources = (streams: Streams): Promise<number> =>
  withFront((front, tokenFile) => {
    const tokens = readTokens(tokenFile);
    const now = systemClock.now();
    const letters = front.inbox.letters.count().bySource;
    for (const about of front.door.book.list()) {
      const beat = front.door.book.beat(about.name, now);
      const line = {
        ...about,
        createdAt: new Date(about.createdAt).toISOString(),
        tokens: tokens.count(about.name),
        lastSeen: beat === undefined ? null : new Date(beat.lastAt).toISOString(),
        usualMs: usualInterval(about, beat),
        rowsLastHour: beat?.rowsLastHour ?? 0,
        repairs: beat?.repairs ?? [],
        letters: letters.get(about.name) ?? 0,
      };
      streams.stdout.write(`${JSON.stringify(line)}\n`);
    }
    return EXIT.ok;
  });

export const pauseSource = (name: string, paused: boolean, streams: Streams): Promise<number> =>
  withFront((front) => {
    if (!front.door.book.change(name, { paused })) return unknown(name, streams);
    streams.stderr.write(paused ? `数据源“${name}”已暂停，来的数据不收\n` : `数据源“${name}”已恢复\n`);
    return EXIT.ok;
  });

/** With its tokens; what it brought stays. */
export const removeSource = (name: string, streams: Streams): Promise<number> =>
  withFront((front, tokenFile) => {
    const struck = removeTokens(tokenFile, name);
    if (!front.door.book.remove(name) && struck === 0) return unknown(name, streams);
    streams.stderr.write(`数据源“${name}”已删除，作废令牌 ${struck} 个；已收的帖文不动\n`);
    return EXIT.ok;
  });

/** A new token; the old ones are refused from now on. */
export function rotateToken(name: string, streams: Streams): number {
  const { tokenFile } = readConfig(process.env);
  const struck = removeTokens(tokenFile, name);
  streams.stderr.write(`数据源“${name}”旧令牌作废 ${struck} 个，新令牌（只显示这一次）：\n`);
  streams.stdout.write(`${addToken(tokenFile, name)}\n`);
  return EXIT.ok;
}

export function strikeTokens(name: string, streams: Streams): number {
  const struck = removeTokens(readConfig(process.env).tokenFile, name);
  if (struck === 0) return unknown(name, streams);
  streams.stderr.write(`数据源“${name}”作废令牌 ${struck} 个\n`);
  return EXIT.ok;
}

function unknown(name: string, streams: Streams): number {
  streams.stderr.write(`没有数据源“${name}”，wenbida source list 列出已有的\n`);
  return EXIT.usage;
}

async function withFront(work: (front: FrontDoor, tokenFile: string) => number): Promise<number> {
  const { varDir, tokenFile } = readConfig(process.env);
  const front = openFrontDoor(varDir, systemClock);
  try {
    return work(front, tokenFile);
  } finally {
    await front.close();
  }
}
