import type { FastifyInstance } from 'fastify';
import type { PlacesPage, TaxonomyPage, VersionRow } from '../../server/contract/settings.ts';
import type { CasesList, ModelsPage, RetentionPage } from '../../server/contract/settings-keeping.ts';
import { fixtureApp } from './fixture-app.ts';
import { ago, NOW } from './invented-city.ts';

const now = new Date(NOW).toISOString();

const version = (given: Partial<VersionRow> & Pick<VersionRow, 'n'>): VersionRow => ({
  ...{ at: ago(60), by: '安岚', why: '泵房归供水', restores: null, added: [], removed: [], more: 0 },
  ...given,
});

export const TAXONOMY: TaxonomyPage = {
  ...{ now, drill: false, mayEdit: true, file: 'taxonomy.json', changedElsewhere: false, last: 2, fault: '' },
  body: {
    words: [
      { group: 'duty', name: '供水', word: '泵房', weight: 3 },
      { group: 'lifeAtRisk', name: 'sure', word: '滑进涵洞', weight: 3 },
    ],
    cases: [{ text: '小区泵房漏水三天了，没人来修', duty: ['供水'] }],
  },
  ...{ weights: '4c6bc1a179db', calibrated: true },
  versions: [version({ n: 2, added: ['供水 泵房 3'] }), version({ n: 1, by: '页面之外', why: '在此之前的内容' })],
};

export const PLACES: PlacesPage = {
  ...{ now, drill: false, mayEdit: true, file: 'places.txt', changedElsewhere: true, last: 2, waiting: 1 },
  places: [
    { code: '410311', name: '科创谷北园', wordy: false, regionName: '河南省洛阳市洛龙区', indexed: false },
    { code: '410311', name: '彩虹', wordy: true, regionName: '河南省洛阳市洛龙区', indexed: true },
  ],
  versions: [version({ n: 2, why: '园区已挂牌', added: ['410311 科创谷北园'] })],
};

export const RETENTION: RetentionPage = {
  ...{ now, drill: false, mayEdit: true, last: 2, days: 45, configured: 30, bounds: { least: 7, most: 180 } },
  ...{ maskedUpTo: ago(60 * 24 * 45), held: 128, tombstones: 7 },
  runs: [
    { at: ago(20), days: 45, masked: 312, held: 128, keysDestroyed: 0 },
    { at: ago(600), days: 30, masked: 9_041, held: 120, keysDestroyed: 1 },
  ],
  versions: [version({ n: 2, why: '季度复盘要看原文', added: ['45天'], removed: ['30天'] }), version({ n: 1 })],
};

export const MODELS: ModelsPage = {
  ...{ now, drill: false, mayCalibrate: true, mayReadCases: true, last: 0 },
  ...{ weights: '4c6bc1a179db', calibration: null, note: '', measuredOn: '2026-11-28', otherWeights: false },
  figures: [
    {
      head: 'mood',
      says: '六种情绪，疫情微博，宏平均F1',
      value: 0.611,
      n: 2_000,
      low: 0.579,
      high: 0.641,
      bar: 0.607,
      missed: false,
    },
    {
      head: 'help',
      says: '求助，按真实占比折算的精确率',
      value: 0.591,
      n: 21,
      low: 0.352,
      high: 0.845,
      bar: 0.6,
      missed: true,
    },
    { head: 'life', says: '涉及人身安全，召回率', value: 1, n: 1, low: 0, high: 1, missed: false },
  ],
  thresholds: [
    { part: 'rumor.known', released: 0.5, inForce: 0.5 },
    { part: 'rumor.unknown', released: 0.5, inForce: 0.62 },
    { part: 'need.plea', released: 0, inForce: 0 },
  ],
  reviewed: [
    { head: 'place', n: 0, agreed: 0 },
    { head: 'duty', n: 42, agreed: 30 },
  ],
  versions: [],
};

export const CASES: CasesList = {
  total: 1,
  cases: [
    {
      ...{
        id: 1,
        post: 'p1',
        at: ago(90),
        text: '泵房漏水，电话138********',
        weights: '4c6bc1a179db',
        calibration: null,
      },
      machine: {
        ...{ place: '410311', sentiment: 'negative', mood: 'sad', positive: 0.2, need: '投诉', needScore: 0.6 },
        ...{ urgent: false, lifeAtRisk: false, rumor: 0.1, needsCheck: false, duty: ['住建'] },
      },
      ...{ says: { mood: 'angry', duty: ['供水'], need: '投诉' }, refutations: [] },
    },
  ],
};

const FOLLOWED = { followed: 8, decided: 10, share: 0.8 };

/** The parts of the contract that the pages of 设置 read, over rows a test can change. */
export class SettingsFixture {
  /** By path under /api/v1; POST first looks for `POST path`. */
  readonly answers = new Map<string, unknown>([
    ['session', { signIn: 'off', viewer: null }],
    ['settings/taxonomy', TAXONOMY],
    ['settings/places', PLACES],
    ['settings/retention', RETENTION],
    ['settings/models', MODELS],
    ['settings/models/cases', CASES],
    ['matrix/accuracy', { all: FOLLOWED, byKind: [], byTier: [], open: 1, least: 5, overrides: [] }],
  ]);
  broken = false;
  readonly did: { readonly path: string; readonly body: unknown }[] = [];
  /** Statuses other than 200, by `POST path`. */
  readonly statuses = new Map<string, number>();
  readonly asked: string[] = [];
  url = '';
  readonly #app: FastifyInstance;

  private constructor(app: FastifyInstance) {
    this.#app = app;
  }

  static async start(dir: string): Promise<SettingsFixture> {
    const app = await fixtureApp(dir, ['settings', 'taxonomy', 'places', 'retention', 'models', 'matrix', 'audit']);
    const held = new SettingsFixture(app);
    app.route<{ Params: { '*': string }; Querystring: Record<string, string> }>({
      method: ['GET', 'POST'],
      url: '/api/v1/*',
      handler: async ({ params, query, body, method }, reply) => {
        const path = params['*'];
        held.asked.push(`${path}?${new URLSearchParams(query).toString()}`);
        if (held.broken && path !== 'session')
          return reply.code(503).send({ error: { code: 'unavailable', message: '存储正在重启' } });
        if (method === 'GET') return held.answers.get(path) ?? {};
        held.did.push({ path, body });
        return reply.code(held.statuses.get(`POST ${path}`) ?? 200).send(held.answers.get(`POST ${path}`) ?? {});
      },
    });
    held.url = await app.listen({ host: '127.0.0.1', port: 0 });
    return held;
  }

  async stop(): Promise<void> {
    await this.#app.close();
  }
}
