import { io, type Socket } from 'socket.io-client';
import type { AlertRow } from '../server/contract/http.ts';
import type { ServerToScreen, ScreenToServer } from '../server/contract/live.ts';
import { startServer } from './child-server.ts';
import { corpusOf } from './corpus.ts';
import { machine, percentile, round, type Report } from './figure.ts';

const TICK = 100;
const PLACES = [
  '嵩县车村镇',
  '宜阳县韩城镇',
  '伊川县鸦岭镇',
  '洛宁县上戈镇',
  '汝阳县付店镇',
  '新安县石井镇',
  '栾川县叫河镇',
  '孟津区白鹤镇',
];
const WHO = ['爷爷', '奶奶', '外公', '姥姥', '父亲', '母亲', '孩子', '舅舅'];
const WEAR = ['灰色外套', '蓝色棉袄', '红色马甲', '黑色雨衣', '白色短袖', '绿色毛衣', '格子衬衫', '紫色围巾'];

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
  const arrived: { title: string; at: number; posts: string }[] = [];
  screen.on('alert', (row: AlertRow) => arrived.push({ title: row.title, at: performance.now(), posts: row.incident }));
  try {
    await new Promise<void>((resolve, reject) => {
      screen.once('connect', resolve);
      screen.once('connect_error', reject);
    });
    await server.post([{ id: 'warm-up', text: '热身帖文，测量不计', time: new Date().toISOString() }]);
    await server.drained();
    const accepted: number[] = [];
    const began = performance.now();
    let sent = 0;
    let pleas = 0;
    for (let tick = 0; tick < (seconds * 1000) / TICK; tick++) {
      const until = Math.min(corpus.posts.length, Math.round(((tick + 1) * rate * TICK) / 1000));
      const rows: unknown[] = corpus.posts
        .slice(sent, until)
        .map((post) => ({ ...post, time: new Date().toISOString() }));
      sent = until;
      const isPlea = tick % 10 === 5;
      if (isPlea) rows.push(plea(pleas++));
      const background = server.post(rows).then(() => {
        if (isPlea) accepted.push(performance.now());
      });
      const wait = began + (tick + 1) * TICK - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      else await background;
    }
    await server.drained();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const delays = accepted.flatMap((at, n) => {
      const seen = arrived.find((row) => row.title.includes(`${n}号院`) || row.title.includes(nameOf(n)));
      return seen === undefined ? [] : [Math.max(0, seen.at - at)];
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

const nameOf = (n: number): string => `${WHO[n % WHO.length]!}`;

const plea = (n: number): unknown => ({
  id: `plea-${n}`,
  time: new Date().toISOString(),
  text: `求助扩散！洛阳市${PLACES[n % PLACES.length]!}${n}号院，我${nameOf(n)}今天下午走失，穿${WEAR[Math.floor(n / 8) % WEAR.length]!}，到现在电话打不通，有看到的请联系家人`,
  author: { key: `family-${n}` },
});
