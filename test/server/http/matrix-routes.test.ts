import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChangesAnswer, ImportAnswer, MatrixPage } from '../../../server/contract/matrix.ts';
import { anHttpApp } from '../../seeds/http.ts';
import { aMatrixOffice } from '../../seeds/matrix-office.ts';
import { fakeServices } from '../../seeds/services.ts';
import { workbook } from '../../seeds/workbook.ts';

let held: ReturnType<typeof aMatrixOffice>;
let app: FastifyInstance;
beforeEach(async () => {
  held = aMatrixOffice();
  app = await anHttpApp({ services: fakeServices({ matrix: held.services }) });
});
afterEach(async () => {
  await app.close();
  held.close();
});
const get = (path: string) => app.inject({ url: `/api/v1/matrix${path}` });
const post = (path: string, payload: object, headers = {}) =>
  app.inject({ method: 'POST', url: `/api/v1/matrix${path}`, payload, headers });
const put = { name: '洛龙环保', unit: '洛龙分局', tier: 'county', region: '洛龙区', duties: ['环保'], public: true };

test('the page of the matrix answers by its contract, also as it was at a time', async () => {
  const page = (await get('')).json<MatrixPage>();
  expect(page).toMatchObject({ last: 6, mayEdit: true, mayReplace: true, home: { name: '河南省洛阳市' } });
  expect(page.accounts.map(({ id }) => id)).toContain('luolong');
  expect(page.examples.map(({ id }) => id)).toEqual(['general', 'police', 'environment', 'tourism']);
  expect((await get('?at=2026-01-01T00:00:00Z')).json<MatrixPage>().accounts).toEqual([]);
  expect((await get('?at=yesterday')).statusCode).toBe(400);
});

describe('a change', () => {
  test('is answered with what was kept; the second of two at once is shown the first', async () => {
    const first = await post('/changes', { seen: 6, why: '新设', put: [put] });
    expect(first.statusCode).toBe(200);
    const { kept } = first.json<ChangesAnswer>();
    const again = { ...put, id: kept[0]!.account, name: '改名' };
    const second = await post('/changes', { seen: 6, why: '改名', put: [again] });
    expect(second.statusCode).toBe(409);
    expect(second.json()).toMatchObject({
      error: { code: 'changed_meanwhile' },
      meanwhile: [{ why: '新设', by: '本机' }],
    });
    expect((await post('/undo', { batch: kept[0]!.batch })).json()).toMatchObject({ kept: [{ what: 'retired' }] });
  });

  test('that says nothing sensible is refused in words, and one of another site is not read', async () => {
    expect((await post('/changes', { seen: 6, why: '新设', put: [{ ...put, tier: 'galaxy' }] })).json()).toMatchObject({
      error: { code: 'not_changed', message: expect.stringMatching(/层级：不认识“galaxy”/) as string },
    });
    expect((await post('/changes', { seen: 6, why: 'x' })).statusCode).toBe(400);
    for (const path of ['/changes', '/undo', '/start-from', '/import?name=a', '/try'])
      expect((await post(path, {}, { origin: 'http://elsewhere.example' })).statusCode, path).toBe(403);
  });
});

describe('an import', () => {
  const send = (query: string, payload: Buffer | string) =>
    app.inject({
      method: 'POST',
      url: `/api/v1/matrix/import?${query}`,
      payload,
      headers: { 'content-type': 'application/octet-stream' },
    });

  test('is only looked at unless it is said to be taken', async () => {
    const csv = '名称,属地,职责,公开账号\n洛龙城管,410311,城管,是\n';
    const seen = await send('name=a.csv', csv);
    expect(seen.json<ImportAnswer>()).toMatchObject({ taken: false, added: [{ name: '洛龙城管' }] });
    const taken = await send('name=a.csv&preview=false&why=机构改革', csv);
    expect(taken.json<ImportAnswer>()).toMatchObject({ taken: true, batch: 7 });
  });

  test('takes a workbook, and refuses an empty body in words', async () => {
    const book = workbook({
      账号: [
        ['名称', '属地', '职责', '公开账号'],
        ['洛龙城管', '410311', '城管', '是'],
      ],
    });
    expect((await send('name=a.xlsx', book)).json<ImportAnswer>()).toMatchObject({ rows: 1, rejected: [] });
    expect((await send('name=a.csv', '')).json<ImportAnswer>()).toMatchObject({ rejected: [{ row: 0 }] });
  });

  test('a workbook that is a bomb or broken is a refusal, not a fault', async () => {
    const broken = await send('name=a.xlsx', Buffer.from('504b0304ffffffffffff', 'hex'));
    expect(broken.statusCode).toBe(200);
    expect(broken.json<ImportAnswer>()).toMatchObject({ taken: false, rejected: [{ row: 0, column: '整个文件' }] });
  });
});

test('the export is a download in either format', async () => {
  const csv = await get('/export?format=csv');
  expect(csv.headers['content-disposition']).toBe('attachment; filename="matrix.csv"');
  expect(csv.body).toMatch(/^\uFEFF编号,名称,单位/);
  expect((await get('/export?format=json')).json<{ accounts: object[] }>().accounts).toHaveLength(6);
  expect((await get('/export?format=exe')).statusCode).toBe(400);
});

test('who answers is tried out, and the accuracy says nothing before five', async () => {
  const asked = { region: '洛龙区', kind: '投诉', duty: ['公安'], spread: 'county' };
  expect((await post('/try', asked)).json()).toMatchObject({ firstName: '洛龙公安', firstTier: 'county' });
  expect((await post('/try', { ...asked, region: '火星' })).json()).toMatchObject({ error: { code: 'no_such_place' } });
  expect((await get('/accuracy')).json()).toMatchObject({ all: { followed: 0, decided: 0, share: null }, least: 5 });
});
