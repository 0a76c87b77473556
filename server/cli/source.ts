import { WAYS, type Way } from '../../pipelines/domain/way.ts';
import { namedHosts } from '../adapters/outbound/address.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { readConfig } from '../config.ts';
import { openFrontDoor, type FrontDoor } from '../front-door.ts';
import { readTokens, removeTokens } from '../http/tokens.ts';
import { usualInterval } from '../jobs/usual-interval.ts';
import type { AskedField, SourceAsk, SourceDesk } from '../services/door.ts';
import { sourceDesk } from '../source-desk.ts';
import { EXIT, type Streams } from './lines.ts';

export interface SourceFlags {
  /** Default: as it is; of a new source http. */
  readonly way?: string;
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

/** Which flag says what a refusal is about. */
const FLAG_OF: Readonly<Record<AskedField, string>> = {
  ...{ name: '名称', way: '--way', place: '--place', format: '--format' },
  ...{ cadence: '--cadence', every: '--every', region: '--region', caps: '--cap' },
};

/** Describes a new source, or describes a known one better; a pushed one also gets a token, shown this once. */
export function addSource(name: string, flags: SourceFlags, streams: Streams): Promise<number> {
  const refuse = (because: string): number => {
    streams.stderr.write(`${because}\n`);
    return EXIT.usage;
  };
  const ask = askOf(name, flags);
  if (typeof ask === 'string') return Promise.resolve(refuse(ask));
  return withDesk(({ desk }) => {
    const done = desk.describe(ask);
    if ('refused' in done) {
      const { where, because } = done.refused;
      const flag = where === 'place' && ask.way === 'feed' ? '--feed' : FLAG_OF[where];
      return refuse(where === 'way' ? because : `${flag} ${because}`);
    }
    streams.stderr.write(done.fresh ? `数据源“${name}”已建立\n` : `数据源“${name}”原已有，已按新的说明改写\n`);
    if (done.token === undefined) return EXIT.ok;
    streams.stderr.write('令牌（只显示这一次，文件里只存散列）：\n');
    streams.stdout.write(`${done.token}\n`);
    return EXIT.ok;
  });
}

/** What the flags ask for, or what is wrong with how they are written. */
function askOf(name: string, flags: SourceFlags): SourceAsk | string {
  const { format, region, cap } = flags;
  const way = flags.feed !== undefined ? 'feed' : WAYS.find((known): known is Way => known === flags.way);
  if (flags.way !== undefined && way === undefined) return `--way 只能是 ${WAYS.join('、')} 之一`;
  if (way === 'feed' && flags.feed === undefined) return '订阅源要用 --feed 写明地址';
  if (flags.feed !== undefined && flags.place !== undefined) return '订阅源用 --feed，不用 --place';
  const cadenceMs = flags.cadence === undefined ? undefined : spanOf(flags.cadence);
  if (flags.cadence !== undefined && cadenceMs === undefined) return '--cadence 应为数字加 s、m、h 或 d，例如 10m';
  const everyMs = flags.every === undefined ? undefined : spanOf(flags.every);
  if (flags.every !== undefined && everyMs === undefined) return '--every 应为数字加 s、m、h 或 d，至少 1m，例如 15m';
  return { name, way, place: flags.feed ?? flags.place, format, cadenceMs, everyMs, region, caps: cap };
}

/** One JSON line a source. */
export const listSources = (streams: Streams): Promise<number> =>
  withDesk(({ front, tokenFile }) => {
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
  withDesk(({ desk }) => {
    if (!desk.pause(name, paused)) return unknown(name, streams);
    streams.stderr.write(paused ? `数据源“${name}”已暂停，来的数据不收\n` : `数据源“${name}”已恢复\n`);
    return EXIT.ok;
  });

/** With its tokens; what it brought stays. */
export const removeSource = (name: string, streams: Streams): Promise<number> =>
  withDesk(({ desk }) => {
    const struck = desk.remove(name);
    if (struck === undefined) return unknown(name, streams);
    streams.stderr.write(`数据源“${name}”已删除，作废令牌 ${struck} 个；已收的帖文不动\n`);
    return EXIT.ok;
  });

/** A new token; the old ones are refused from now on. */
export const rotateToken = (name: string, streams: Streams): Promise<number> =>
  withDesk(({ desk }) => {
    const { token, struck } = desk.rotate(name);
    streams.stderr.write(`数据源“${name}”旧令牌作废 ${struck} 个，新令牌（只显示这一次）：\n`);
    streams.stdout.write(`${token}\n`);
    return EXIT.ok;
  });

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

interface Opened {
  readonly front: FrontDoor;
  readonly desk: SourceDesk;
  readonly tokenFile: string;
}

async function withDesk(work: (opened: Opened) => number): Promise<number> {
  const { varDir, tokenFile, feedHosts } = readConfig(process.env);
  const front = openFrontDoor(varDir, systemClock);
  try {
    const desk = sourceDesk({ front, tokenFile, clock: systemClock, named: namedHosts(feedHosts) });
    return work({ front, desk, tokenFile });
  } finally {
    await front.close();
  }
}
