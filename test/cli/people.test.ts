import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PostId } from '../../pipelines/domain/post.ts';
import type { ReviewedCase } from '../../pipelines/domain/review.ts';
import { loadWeights } from '../../server/adapters/models/load-weights.ts';
import { openRefutations } from '../../server/adapters/refutations/sqlite-refutations.ts';
import { openReviews } from '../../server/adapters/reviews/sqlite-reviews.ts';
import { main } from '../../server/cli/main.ts';
import { aRefutation, aReview } from '../seeds/reviews.ts';

let dir: string;
let before: string | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-people-'));
  before = process.env.WENBIDA_VAR;
  process.env.WENBIDA_VAR = dir;
});
afterEach(() => {
  if (before === undefined) delete process.env.WENBIDA_VAR;
  else process.env.WENBIDA_VAR = before;
  rmSync(dir, { recursive: true, force: true });
});

async function run(argv: readonly string[], input = ''): Promise<{ code: number; out: string; said: string }> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const texts = [stdout, stderr].map(async (stream) => {
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    return text;
  });
  stdin.end(input);
  const code = await main(argv, { stdin, stdout, stderr });
  stdout.end();
  stderr.end();
  const [out = '', said = ''] = await Promise.all(texts);
  return { code, out, said };
}

const write = (name: string, content: string | Buffer): string => {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
};
const row = (id: string, more: object = {}): string =>
  JSON.stringify({ ...aRefutation({ id }), publishedAt: '2026-11-20T21:00:00+08:00', ...more });

describe('refutations import', () => {
  test('takes JSON Lines in, once, however often', async () => {
    const file = write('a.jsonl', [row('r1'), row('r2')].join('\n'));
    expect(JSON.parse((await run(['refutations', 'import', file])).out)).toMatchObject({ added: 2, same: 0, total: 2 });
    expect(JSON.parse((await run(['refutations', 'import', file])).out)).toMatchObject({ added: 0, same: 2, total: 2 });
  });

  test('takes a CSV with Chinese names of columns, gzipped too', async () => {
    const csv = '编号,说法,结论,来源,链接,发布时间\nr9,"水库今晚泄洪, 快跑",没有泄洪,水利局,,2026-11-20 21:00\n';
    const { code, out } = await run(['refutations', 'import', write('a.csv.gz', gzipSync(csv))]);
    expect([code, JSON.parse(out)]).toMatchObject([0, { added: 1 }]);
    const store = openRefutations(join(dir, 'refutations.sqlite'));
    expect(store.get('r9')).toEqual({
      id: 'r9',
      claim: '水库今晚泄洪, 快跑',
      verdict: '没有泄洪',
      source: '水利局',
      publishedAt: Date.parse('2026-11-20T21:00:00+08:00'),
    });
    store.close();
  });

  test('names each row that cannot be used, keeps the rest, and answers 3', async () => {
    const bad = [
      row('no-claim', { claim: '' }),
      row('short', { claim: '不' }),
      row('script', { url: 'javascript:alert(1)' }),
      row('data', { url: 'data:text/html,x' }),
      row('when', { publishedAt: '昨天' }),
      row('later', { publishedAt: '2999-01-01T00:00:00Z' }),
      row('more', { author: 'x' }),
      '{"__proto__":{"id":"x"}}',
      '[1]',
      '{',
    ];
    const { code, out, said } = await run([
      'refutations',
      'import',
      write('b.jsonl', [...bad, row('good')].join('\n')),
    ]);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ added: 1, refused: bad.length, total: 1 });
    expect(said.match(/第 \d+ 行未采用/gu)).toHaveLength(bad.length);
    expect(said).toContain('http:// 或 https://');
  });

  test('says what is wrong with a file that is not there or lacks columns, and answers 1', async () => {
    expect(await run(['refutations', 'import', join(dir, 'none.jsonl')])).toMatchObject({ code: 1 });
    const { code, said } = await run(['refutations', 'import', write('c.csv', '编号,说法\n1,水库今晚泄洪\n')]);
    expect([code, said]).toEqual([1, expect.stringContaining('缺少：verdict') as string]);
  });
});

describe('understand', () => {
  const post = JSON.stringify({ id: 'p', text: '听说锦川水库今晚泄洪，沿河群众连夜转移' });

  test('speaks of refutations only where some were imported', async () => {
    expect(JSON.parse((await run(['understand'], post)).out)).not.toHaveProperty('refutations');
    await run(['refutations', 'import', write('a.jsonl', row('r1'))]);
    const [calm, flood] = (await run(['understand'], `{"id":"q","text":"今天天气不错"}\n${post}`)).out
      .trim()
      .split('\n');
    expect(JSON.parse(calm ?? '')).toMatchObject({ id: 'q', refutations: [] });
    expect(JSON.parse(flood ?? '')).toMatchObject({ refutations: [{ id: 'r1', kind: 'suggested' }] });
  });
});

/** Signs that follow from the number, so that no two texts are near copies of one another. */
function filler(seed: number): string {
  let state = seed * 7_919 + 17;
  return String.fromCharCode(
    ...Array.from(
      { length: 40 },
      () => 0x4e00 + (((state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) >> 8) % 5_000),
    ),
  );
}

/** A made-up office where what speaks of a reservoir was a rumor, and what speaks of road works was nothing to check. */
function review(n: number): void {
  const store = openReviews(join(dir, 'reviews.sqlite'));
  for (let at = 0; at < n; at++) {
    const rumor = at % 3 === 0;
    store.add(
      aReview({
        post: `p${at}` as PostId,
        text: rumor ? `听说水库要垮坝了，赶紧转给家人${filler(at)}` : `网传明天开始修路${filler(at)}`,
        authorKind: 'ordinary',
        says: { rumor: rumor ? { finding: 'confirmed-rumor', source: '水利局' } : { finding: 'nothing-to-check' } },
      }),
    );
  }
  store.close();
}

describe('calibrate', () => {
  test('refuses too few cases in a clear sentence, and writes nothing', async () => {
    review(12);
    const { code, said } = await run(['calibrate']);
    expect(code).toBe(1);
    expect(said).toMatch(/已核案例太少.*至少要 40 条/u);
    expect(existsSync(join(dir, 'calibration.json'))).toBe(false);
  });

  test('prints before and after with n and intervals, and writes only where asked to', async () => {
    review(120);
    const dry = await run(['calibrate', '--dry-run']);
    expect(dry.code).toBe(0);
    expect(dry.out).toMatch(/传言需核实，来源已知（\d+ 条）：阈值 \d\.\d\d → \d\.\d\d/u);
    expect(dry.out).toMatch(/校准前 {2}精确率 .*召回率 .*校准误差 \d\.\d{3}（\d\.\d{3}–\d\.\d{3}，n=\d+）/u);
    expect(dry.out).toMatch(/来源未知（0 条）：不校准/u);
    expect(existsSync(join(dir, 'calibration.json'))).toBe(false);
    expect((await run(['calibrate', '--precision', '0.8'])).code).toBe(0);
    const file = JSON.parse(readFileSync(join(dir, 'calibration.json'), 'utf8')) as object;
    expect(file).toMatchObject({
      format: 1,
      weights: loadWeights().version,
      precision: 0.8,
      rumor: { unknown: null },
      need: null,
    });
    expect((await run(['check'])).out).toContain('校准');
  });

  test('is made over the weights as the office has them, its own words included', async () => {
    review(120);
    const taxonomy = write('words.json', JSON.stringify({ duty: { 供水: { 爆管子: 2 } } }));
    expect((await run(['calibrate', '--taxonomy', taxonomy])).code).toBe(0);
    const models = (await run(['check', '--taxonomy', taxonomy])).out
      .split('\n')
      .find((line) => line.includes('"models"'));
    expect(models).toContain('校准 ');
  });

  test.each(['0.2', '1', 'much'])('--precision %s is no precision', async (precision) => {
    expect(await run(['calibrate', '--precision', precision])).toMatchObject({ code: 2 });
  });
});

test('reviews export gives every case, oldest first, one JSON a line', async () => {
  expect((await run(['reviews', 'export'])).out).toBe('');
  review(5);
  const { code, out } = await run(['reviews', 'export']);
  const cases = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ReviewedCase);
  expect(code).toBe(0);
  expect(cases.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
  expect(cases[0]?.text).toContain('水库');
});
