import type { FastifyInstance } from 'fastify';
import type { WatchAsk, WatchPage, WatchRow, WatchTest, WatchTestAsk } from '../../server/contract/watches.ts';
import { fixtureApp } from './fixture-app.ts';
import { ago, aPost, NOW } from './invented-city.ts';

const DAY = 86_400_000;

export const aWatchRow = (
  given: Partial<Omit<WatchRow, 'query'>> & { readonly query?: Partial<WatchRow['query']> } = {},
): WatchRow => ({
  id: 'w1',
  version: 3,
  name: '停水停电',
  open: { posts: 3, minutes: 10 },
  close: { posts: 1, minutes: 60 },
  quiet: { from: '22:00', to: '07:00' },
  channel: '值班群',
  paused: false,
  deleted: false,
  savedAt: ago(60 * 30),
  by: '周研判',
  why: '供暖季前后',
  places: ['河南省洛阳市'],
  openedAt: ago(18),
  count: 14,
  lastAt: ago(2),
  hits: [
    {
      ...{ seq: 9, at: ago(18), watch: 'w1', version: 3, name: '停水停电', event: 'opened', openedAt: ago(18) },
      ...{ posts: ['a', 'b', 'c'], count: 3, channel: '值班群', quietUntil: null, regions: ['410300'] },
    },
    {
      ...{
        seq: 4,
        at: ago(60 * 20),
        watch: 'w1',
        version: 3,
        name: '停水停电',
        event: 'closed',
        openedAt: ago(60 * 26),
      },
      ...{ posts: [], count: 31, channel: '值班群', quietUntil: ago(60 * 14), regions: ['410300'] },
    },
  ],
  ...given,
  query: {
    ...{
      all: [],
      any: ['停水', '停电'],
      none: ['通知'],
      regions: ['410300'],
      needs: [],
      duties: [],
      kinds: [],
      rung: null,
    },
    ...given.query,
  },
});

export const WATCHES: readonly WatchRow[] = [
  aWatchRow({
    ...{
      id: 'w2',
      name: '走失与被困',
      version: 1,
      openedAt: null,
      count: 0,
      lastAt: null,
      hits: [],
      quiet: null,
      channel: null,
    },
    ...{ places: ['河南省洛阳市'], query: { any: ['走失', '被困', '联系不上'], none: [], needs: ['求助'] } },
    ...{ open: { posts: 1, minutes: 10 }, close: { posts: 1, minutes: 30 } },
  }),
  aWatchRow(),
  aWatchRow({
    ...{ id: 'w3', name: '学校食堂', paused: true, openedAt: null, count: 0, hits: [], channel: null, quiet: null },
    query: { any: [], all: ['学校', '食堂'], none: [], rung: 'county' },
  }),
];

/** The parts of the contract that the page 关注 reads, over rows a test can change. */
export class WatchesFixture {
  watches: WatchRow[] = [...WATCHES];
  broken = false;
  /** What was sent, in order. */
  readonly asked: { readonly how: string; readonly body: unknown }[] = [];
  readonly tests: WatchTestAsk[] = [];
  url = '';
  readonly #app: FastifyInstance;

  private constructor(app: FastifyInstance) {
    this.#app = app;
  }

  static async start(dir: string): Promise<WatchesFixture> {
    const app = await fixtureApp(dir, ['watches']);
    const held = new WatchesFixture(app);
    app.get('/api/v1/watches', async (_request, reply): Promise<WatchPage | void> =>
      held.broken
        ? reply.code(503).send({ error: { code: 'x', message: '存储正在重启' } })
        : {
            ...{ now: new Date(NOW).toISOString(), drill: false, watches: held.watches, lastSeq: 9 },
            places: [
              { code: '410300', name: '河南省洛阳市' },
              { code: '410311', name: '河南省洛阳市洛龙区' },
              { code: '410327', name: '河南省洛阳市宜阳县' },
            ],
          },
    );
    app.get('/api/v1/watches/:id/versions', async () => [
      {
        version: 3,
        savedAt: ago(60 * 30),
        by: '周研判',
        why: '供暖季前后',
        deleted: false,
        name: '停水停电',
        paused: false,
      },
      {
        version: 2,
        savedAt: ago(60 * 50),
        by: '李编辑',
        why: '演练期间',
        deleted: false,
        name: '停水停电',
        paused: true,
      },
    ]);
    app.post<{ Body: WatchTestAsk }>('/api/v1/watches/test', async ({ body }): Promise<WatchTest> => {
      held.tests.push(body);
      return aTest(body);
    });
    app.post<{ Body: WatchAsk }>('/api/v1/watches', async ({ body }) => held.#keep('POST', 'w9', body));
    app.put<{ Params: { id: string }; Body: WatchAsk }>('/api/v1/watches/:id', async ({ params, body }, reply) => {
      const now = held.watches.find(({ id }) => id === params.id);
      if (now !== undefined && now.version === body.expected) return held.#keep('PUT', params.id, body);
      return reply.code(409).send({ error: { code: 'x', message: '别人刚改过' }, meanwhile: now });
    });
    app.delete<{ Params: { id: string }; Body: unknown }>('/api/v1/watches/:id', async ({ params, body }) => {
      held.asked.push({ how: `DELETE ${params.id}`, body });
      const gone = held.watches.find(({ id }) => id === params.id)!;
      held.watches = held.watches.filter(({ id }) => id !== params.id);
      held.#removed = gone;
      return { ...gone, version: gone.version + 1, deleted: true };
    });
    app.post<{ Params: { id: string }; Body: unknown }>('/api/v1/watches/:id/restore', async ({ params, body }) => {
      held.asked.push({ how: `restore ${params.id}`, body });
      const back = { ...held.#removed!, version: held.#removed!.version + 2 };
      held.watches = [...held.watches, back];
      return back;
    });
    held.url = await app.listen({ host: '127.0.0.1', port: 0 });
    return held;
  }

  #removed: WatchRow | undefined;

  #keep(how: string, id: string, body: WatchAsk): WatchRow {
    this.asked.push({ how: `${how} ${id}`, body });
    const { expected, why, ...rest } = body;
    const kept = aWatchRow({ ...rest, id, why, version: expected + 1, openedAt: null, count: 0, hits: [] });
    this.watches = [...this.watches.filter((watch) => watch.id !== id), kept];
    return kept;
  }

  async stop(): Promise<void> {
    await this.#app.close();
  }
}

const aTest = ({ query }: WatchTestAsk): WatchTest => ({
  from: new Date(NOW - 7 * DAY).toISOString(),
  to: new Date(NOW).toISOString(),
  total: 61,
  atLeast: false,
  days: [3, 0, 5, 2, 9, 4, 38].map((posts, n) => ({ at: new Date(NOW - (6 - n) * DAY).toISOString(), posts })),
  openings: [
    { at: ago(60 * 50), closedAt: ago(60 * 46), count: 9 },
    { at: ago(18), closedAt: null, count: 14 },
  ],
  posts: [
    aPost({ id: 't1', text: '锦川小区又停水了，物业说不知道什么时候来', time: ago(2) }),
    aPost({ id: 't2', text: '洛龙这边也停了，做饭都成问题', time: ago(9) }),
  ],
  words: { all: [...query.all], any: [...query.any], none: [...query.none] },
  behind: 0,
});
