import type { FastifyInstance } from 'fastify';
import type { LetterRow, ReplayAnswer, ReplayAsk, SourceDetail, SourcesPage } from '../../server/contract/sources.ts';
import { fixtureApp } from './fixture-app.ts';
import { ago, NOW } from './invented-city.ts';

const source = (given: Partial<SourceDetail> & Pick<SourceDetail, 'name' | 'state'>): SourceDetail => ({
  way: 'http',
  place: null,
  format: null,
  region: null,
  regionName: null,
  caps: [],
  createdAt: ago(60 * 24 * 9),
  tokens: 1,
  lastSeen: ago(1),
  every: null,
  cadence: null,
  usual: 60,
  rowsPerMinute: 12.4,
  accepted: 48_211,
  duplicate: 1_904,
  rejected: 0,
  lag: 34,
  repairs: [],
  letters: 0,
  recent: Array.from({ length: 24 }, (_, at) => 40 + ((at * 37) % 90)),
  trouble: null,
  ...given,
});

export const SOURCES_HERE: readonly SourceDetail[] = [
  source({
    name: '微博关键词采集',
    state: 'live',
    way: 'weibo-crawler',
    caps: ['每个关键词最多50页', '每页10条'],
    rejected: 3,
    letters: 2,
    repairs: [
      { kind: 'counts.like：计数换成数字', count: 1_204 },
      { kind: 'time：没有时区，按北京时间', count: 88 },
    ],
  }),
  source({
    name: '12345工单',
    state: 'silent',
    way: 'folder',
    place: '/data/12345/导出',
    format: 'mapping',
    region: '410300',
    regionName: '河南省洛阳市',
    cadence: 600,
    usual: 600,
    lastSeen: ago(47),
    rowsPerMinute: 0,
    rejected: 1,
    letters: 1,
    recent: Array.from({ length: 24 }, (_, at) => (at < 20 ? 8 + (at % 5) : 0)),
    trouble: '文件夹 /data/12345/导出 读不了：没有这个文件夹',
  }),
  source({
    name: '街道台账',
    state: 'file',
    way: 'file',
    tokens: 0,
    lastSeen: ago(600),
    rowsPerMinute: 0,
    usual: null,
    lag: 9_000,
  }),
  source({
    name: '新接入的贴吧',
    state: 'never',
    lastSeen: null,
    rowsPerMinute: 0,
    usual: null,
    lag: null,
    recent: Array<null>(24).fill(null),
    accepted: 0,
    duplicate: 0,
  }),
];

export const LETTERS_HERE: readonly LetterRow[] = [
  {
    seq: 9,
    at: ago(3),
    source: '微博关键词采集',
    row: 17,
    because: '缺少 time：请给出发布时间，例如 2026-11-20T21:03:05+08:00',
    shown: '{"id":"17","text":"望塬片区又停水，联系138********"}',
    door: 'intake',
    times: 1,
  },
  {
    seq: 8,
    at: ago(9),
    source: '微博关键词采集',
    row: 4,
    because: '缺少 text：每条帖文要有正文',
    shown: '{"id":"4","内容":"锦川小区停暖第三天","time":"2026-11-20 21:30:00"}',
    door: 'intake',
    times: 3,
  },
  {
    seq: 5,
    at: ago(60 * 24 * 70),
    source: '12345工单',
    row: 2,
    because: 'counts.like “很多”认不出',
    shown: null,
    door: 'intake',
    times: 1,
  },
];

/** The parts of the contract that the page 数据源 reads, over rows a test can change. */
export class SourcesFixture {
  page: SourcesPage = {
    now: new Date(NOW).toISOString(),
    drill: false,
    sources: [...SOURCES_HERE],
    silences: [
      { id: 2, source: '12345工单', since: ago(47), noticedAt: ago(27), usual: 600, endedAt: null },
      { id: 1, source: '微博关键词采集', since: ago(400), noticedAt: ago(395), usual: 60, endedAt: ago(380) },
    ],
    letters: { kept: 3, lost: 0, most: 50_000 },
    retention: { days: 30, maskedUpTo: ago(60 * 24 * 30) },
  };
  letters: readonly LetterRow[] = LETTERS_HERE;
  broken = false;
  readonly asked: ReplayAsk[] = [];
  readonly did: { readonly path: string; readonly body: unknown; readonly name?: string }[] = [];
  readonly answers = new Map<string, unknown>();
  url = '';
  readonly #app: FastifyInstance;

  private constructor(app: FastifyInstance) {
    this.#app = app;
  }

  static async start(dir: string): Promise<SourcesFixture> {
    const app = await fixtureApp(dir, ['sources']);
    const held = new SourcesFixture(app);
    app.get('/api/v1/sources/page', async (_request, reply) =>
      held.broken ? reply.code(503).send({ error: { code: 'x', message: '存储正在重启' } }) : held.page,
    );
    app.get<{ Querystring: { source?: string } }>('/api/v1/dead-letters', async ({ query }) =>
      held.letters.filter(({ source: name }) => query.source === undefined || name === query.source),
    );
    app.post<{ Body: ReplayAsk }>('/api/v1/dead-letters/replay', async ({ body }): Promise<ReplayAnswer> => {
      held.asked.push(body);
      const seqs = body.seqs ?? held.letters.map(({ seq }) => seq);
      held.letters = held.letters.filter(({ seq }) => !seqs.includes(seq));
      held.page = { ...held.page, letters: { ...held.page.letters, kept: held.letters.length } };
      return { replayed: seqs.length, accepted: seqs.length, duplicate: 0, rejected: 0, skipped: 0 };
    });
    app.addContentTypeParser('application/octet-stream', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    // What else the page does, in the order it does it; a path may be given an answer, and else is only said yes to.
    app.route<{ Params: { '*': string }; Querystring: Record<string, string> }>({
      method: ['GET', 'POST'],
      url: '/api/v1/*',
      handler: async ({ params, query, body, method }) => {
        const path = params['*'];
        if (method === 'POST') held.did.push({ path, body: body ?? null, ...(query.name && { name: query.name }) });
        return held.answers.get(path) ?? {};
      },
    });
    held.url = await app.listen({ host: '127.0.0.1', port: 0 });
    return held;
  }

  async stop(): Promise<void> {
    await this.#app.close();
  }
}
