import { regionCode } from '../pipelines/domain/region.ts';
import { loadRegionNames } from '../server/load-gazetteer.ts';
import { io, type Socket } from 'socket.io-client';
import type { AlertRow } from '../server/contract/http.ts';
import type { ServerToScreen, ScreenToServer } from '../server/contract/live.ts';
import { startServer } from './child-server.ts';
import { corpusOf } from './corpus.ts';
import { machine, percentile, round, type Report } from './figure.ts';

const TICK = 100;
const WHO = ['爷爷', '奶奶', '外公', '姥姥', '父亲', '母亲', '孩子', '舅舅'];
/** Particulars, of which each plea takes seven of its own: two families do not write the same text. */
const PARTICULARS = [
  '穿灰色外套',
  '戴一顶旧草帽',
  '左手拎着布袋',
  '口音很重',
  '腿脚不太方便',
  '早上六点出的门',
  '说去买菜就没回来',
  '手机落在家里',
  '头发花白',
  '个子不高',
  '走路有点跛',
  '右眼看不清',
  '带着一把黑伞',
  '脚上是胶鞋',
  '平时在桥头下棋',
  '记性越来越差',
  '邻居说往河边去了',
  '监控拍到上了公交',
  '全家找了一整天',
  '已经报警',
  '兜里只有十几块钱',
  '血压高要吃药',
  '认得自己名字',
  '喜欢沿着铁路走',
];

/** Sixty towns with a name of their own, each the place of one plea, so that every alert can be told apart by its region. */
function townsOfPleas(): { code: string; name: string }[] {
  const names = loadRegionNames();
  const towns = names.childrenOf(regionCode('410300')).flatMap((county) => names.childrenOf(county));
  const bySameName = new Map<string, number>();
  for (const town of towns) bySameName.set(names.shortName(town), (bySameName.get(names.shortName(town)) ?? 0) + 1);
  return towns
    .filter((town) => bySameName.get(names.shortName(town)) === 1)
    .map((code) => ({ code, name: names.regionName(code) }));
}

/**
 * From the 2xx of the post that triggers it to the alert at a connected screen, while other posts come in at `rate` a second.
 * Every trigger is a plea of its own (a single plea with a life at risk opens an incident at once).
 */
export async function benchAlerts(seconds: number, rate: number, report: Report): Promise<void> {
  const corpus = await corpusOf(rate * seconds, Date.now() - 3_600_000);
  const server = await startServer();
  const screen: Socket<ServerToScreen, ScreenToServer> = io(`${server.url}/live`, {
    transports: ['websocket'],
    auth: { lastSeq: 0, regions: [] },
  });
  const towns = townsOfPleas();
  const arrived = new Map<string, number>();
  screen.on('alert', (row: AlertRow) => {
    if (row.region !== null && !arrived.has(row.region)) arrived.set(row.region, performance.now());
  });
  try {
    await new Promise<void>((resolve, reject) => {
      screen.once('connect', resolve);
      screen.once('connect_error', reject);
    });
    await server.post([{ id: 'warm-up', text: '热身帖文，测量不计', time: new Date().toISOString() }]);
    await server.drained();
    const accepted: { region: string; at: number }[] = [];
    const began = performance.now();
    let sent = 0;
    let pleas = 0;
    for (let tick = 0; tick < (seconds * 1000) / TICK; tick++) {
      const until = Math.min(corpus.posts.length, Math.round(((tick + 1) * rate * TICK) / 1000));
      const rows: unknown[] = corpus.posts
        .slice(sent, until)
        .map((post) => ({ ...post, time: new Date().toISOString() }));
      sent = until;
      const town = tick % 10 === 5 ? towns[pleas] : undefined;
      if (town !== undefined) rows.push(plea(pleas++, town.name));
      const background = server.post(rows).then(() => {
        if (town !== undefined) accepted.push({ region: town.code, at: performance.now() });
      });
      const wait = began + (tick + 1) * TICK - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      else await background;
    }
    await server.drained();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const delays = accepted.flatMap(({ region, at }) => {
      const seen = arrived.get(region);
      return seen === undefined ? [] : [Math.max(0, seen - at)];
    });
    const note = `${rate} posts/s for ${seconds} s, ${accepted.length} pleas, ${corpus.from}, ${machine()}`;
    report({
      bench: 'alerts',
      name: 'accepted to screen, p50',
      value: round(percentile(delays, 50)),
      unit: 'ms',
      note,
    });
    report({
      bench: 'alerts',
      name: 'accepted to screen, p99',
      value: round(percentile(delays, 99)),
      unit: 'ms',
      bar: '≤ 1000',
      ok: percentile(delays, 99) <= 1000,
      note,
    });
    report({
      bench: 'alerts',
      name: 'pleas that reached the screen',
      value: delays.length,
      unit: 'alerts',
      bar: `= ${accepted.length}`,
      ok: delays.length === accepted.length,
      note,
    });
  } finally {
    screen.close();
    await server.stop();
  }
}

const plea = (n: number, place: string): unknown => {
  const own = Array.from({ length: 7 }, (_, at) => PARTICULARS[(n * 5 + at * (1 + (n % 3) * 2)) % PARTICULARS.length]!);
  return {
    id: `plea-${n}`,
    time: new Date().toISOString(),
    text: `${place}，我${WHO[n % WHO.length]!}走失了，${own.join('，')}，求扩散，有看到的请打电话`,
    author: { key: `family-${n}` },
  };
};
