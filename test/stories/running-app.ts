import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import type { Clock } from '../../pipelines/ports/clock.ts';
import { createApp, type App } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import type { AlertRow, IncidentFile, IncidentRow, IngestAnswer } from '../../server/contract/http.ts';
import type { Health } from '../../server/contract/pulse.ts';
import type { ScreenToServer, ServerToScreen } from '../../server/contract/live.ts';
import { addToken } from '../../server/http/tokens.ts';

/** Friday 20 November 2026, 21:00 in Shanghai: the evening of every story. */
export const EVENING = Date.parse('2026-11-20T21:00:00+08:00');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A post as a source sends it. */
export interface Sent {
  readonly id: string;
  readonly text: string;
  /** Epoch ms; sent as ISO 8601. */
  readonly at: number;
  readonly author?: string;
}

export interface ScreenSeen {
  readonly socket: Socket<ServerToScreen, ScreenToServer>;
  readonly alerts: AlertRow[];
  /** Incidents as they were told, in order. */
  readonly incidents: IncidentRow[];
  readonly resyncs: number[];
}

/** The whole server with its real parts, reached as the world reaches it: over HTTP and the socket. */
export interface RunningApp {
  readonly app: App;
  readonly url: string;
  /** Lines as they are, so that a test can send a broken one. */
  postLines(lines: readonly string[]): Promise<{ status: number; answer: IngestAnswer }>;
  post(posts: readonly Sent[]): Promise<IngestAnswer>;
  get<T>(path: string): Promise<T>;
  /** POST of JSON under /api/v1; the answer whatever its status. */
  ask<T>(path: string, body: unknown): Promise<{ readonly status: number; readonly body: T }>;
  health(): Promise<Health>;
  incidents(): Promise<IncidentRow[]>;
  incident(id: string): Promise<IncidentFile>;
  screen(lastSeq: number): Promise<ScreenSeen>;
  close(): Promise<void>;
}

export interface RunGiven {
  /** The deployment's folder, kept by the caller, so that it can be started again; else it has one of its own, which goes when it is closed. */
  readonly dir?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly now?: number;
  /** In the place of `now`, where time has to pass. */
  readonly clock?: Clock;
}

export async function runApp(given: RunGiven = {}): Promise<RunningApp> {
  const { env = {}, now = EVENING + HOUR, clock } = given;
  const dir = given.dir ?? mkdtempSync(join(tmpdir(), 'wenbida-running-'));
  const config = readConfig({ WENBIDA_VAR: dir, WENBIDA_PORT: '0', WENBIDA_HOME: '410300', ...env });
  const token = addToken(join(dir, 'tokens.json'), '县里的采集');
  const app = await createApp({ config, clock: clock ?? { now: () => now }, threads: 1 });
  const url = await app.listen();
  const screens: ScreenSeen[] = [];

  const get = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${url}/api/v1/${path}`);
    if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const postLines: RunningApp['postLines'] = async (lines) => {
    const answer = await fetch(`${url}/api/v1/posts`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
      body: lines.join('\n'),
    });
    return { status: answer.status, answer: (await answer.json()) as IngestAnswer };
  };
  return {
    app,
    url,
    postLines,
    async post(posts) {
      const { status, answer } = await postLines(posts.map(lineOf));
      if (status !== 200) throw new Error(`POST posts answered ${status}: ${JSON.stringify(answer)}`);
      return answer;
    },
    get,
    async ask<T>(path: string, body: unknown) {
      const answer = await fetch(`${url}/api/v1/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T };
    },
    health: () => get<Health>('health'),
    incidents: () => get<IncidentRow[]>('incidents'),
    incident: (id) => get<IncidentFile>(`incidents/${id}`),
    async screen(lastSeq) {
      const socket: ScreenSeen['socket'] = io(`${url}/live`, {
        auth: { lastSeq, regions: [] },
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
      });
      const seen: ScreenSeen = { socket, alerts: [], incidents: [], resyncs: [] };
      screens.push(seen);
      socket.on('alert', (row) => seen.alerts.push(row));
      socket.on('incident', (row) => seen.incidents.push(row));
      socket.on('resync', ({ seq }) => seen.resyncs.push(seq));
      // A pulse is sent to every screen that connects, before the alerts it lacks.
      await new Promise<void>((resolve, reject) => {
        socket.once('pulse', () => resolve());
        socket.once('connect_error', reject);
      });
      return seen;
    },
    async close() {
      for (const { socket } of screens) socket.disconnect();
      await app.close();
      if (given.dir === undefined) rmSync(dir, { recursive: true, force: true });
    },
  };
}

export const lineOf = ({ id, text, at, author }: Sent): string =>
  JSON.stringify({
    id,
    platform: 'weibo',
    kind: 'post',
    text,
    time: new Date(at).toISOString(),
    author: { key: author ?? `author-of-${id}`, kind: 'ordinary' },
  });

/** Resolves once the condition holds; the test's own limit ends it where it never does. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((again) => setTimeout(again, 10));
}

const OPENERS = ['早上', '刚才', '中午', '下班路上', '晚饭后', '周末', '送完孩子', '遛弯时'];
const PLACES = ['洛龙区', '西工区', '涧西区', '老城区', '瀍河回族区', '偃师区', '宜阳县', '伊川县', '洛宁县', '新安县'];
const DOINGS = [
  '喝了碗牛肉汤，汤很鲜',
  '看见银杏叶全黄了',
  '排队买了两个烧饼',
  '和同学打了一场羽毛球',
  '学着包了一顿饺子',
  '把旧自行车擦干净了',
  '在图书馆写完了作业',
  '给阳台上的花换了盆',
  '听楼下大爷拉二胡',
];

/** A day of everyday talk before the evening, spread over the city, so that "usual" means something. No two texts are alike. */
export const everydayTalk = (count: number, until = EVENING): Sent[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `talk-${at}`,
    text: `${OPENERS[at % 8]}在${PLACES[at % 10]}${DOINGS[(at * 7) % 9]}，顺路走了${at + 3}步，${DOINGS[(at * 5 + 3) % 9]}`,
    at: until - 20 * HOUR + Math.floor((at * 20 * HOUR) / count),
  }));
