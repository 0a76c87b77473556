import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../server/cli/main.ts';
import { packageRoot } from '../../server/package-root.ts';
import { exportJson } from '../../server/export-matrix.ts';
import { CITY } from '../seeds/matrix-office.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'accounts-cli-'));
  vi.stubEnv('WENBIDA_VAR', join(dir, 'var'));
  vi.stubEnv('WENBIDA_HOME', '410300');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

async function run(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const into = (key: 'out' | 'err') =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        said[key] += chunk.toString();
        done();
      },
    });
  const code = await main(argv, { stdin: Readable.from([]), stdout: into('out'), stderr: into('err') });
  return { code, ...said };
}
const file = (name: string, text: string): string => {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
};
const lines = (out: string): Record<string, unknown>[] =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('an import is previewed, refused whole with every line, then taken, and said in figures', async () => {
  const city = file('city.json', exportJson(CITY, '测试'));
  expect(lines((await run('accounts', 'import', city, '--preview')).out)[0]).toMatchObject({ taken: false, added: 6 });
  const taken = await run('accounts', 'import', city, '--who', '王', '--why', '换届');
  expect(lines(taken.out)[0]).toMatchObject({ taken: true, added: 6, changed: 0, absent: 0 });
  const fewer = file('fewer.json', exportJson(CITY.slice(0, 4), '测试'));
  expect(lines((await run('accounts', 'import', fewer, '--retire-absent')).out)[0]).toMatchObject({
    same: 4,
    retired: 2,
  });
  const wrong = await run('accounts', 'import', file('a.csv', '名称,属地,职责,公开账号\n甲,410311,警察,是\n'));
  expect(wrong.code).toBe(3);
  expect(wrong.err).toContain('第 2 行的职责未采用：不认识“警察”');
  expect(lines(wrong.out)[0]).toMatchObject({ taken: false, rejected: 1 });
});

test('what is exported is checked, and imported again without a change', async () => {
  await run('accounts', 'import', file('city.json', exportJson(CITY, '测试')));
  for (const format of ['csv', 'json']) {
    const exported = await run('accounts', 'export', '--format', format);
    const again = await run('accounts', 'import', file(`again.${format}`, exported.out), '--preview');
    expect(lines(again.out)[0]).toMatchObject({ rows: 6, same: 6, added: 0, changed: 0, absent: 0 });
  }
  expect((await run('accounts', 'export', '--format', 'exe')).code).toBe(2);
});

test('a matrix with holes is told of line by line, with what to do', async () => {
  const holes = await run(
    'accounts',
    'check',
    file('a.json', exportJson(CITY.slice(3), '测试').replaceAll(/,?\s*"parent": "ly-police"/g, '')),
  );
  expect(holes.code).toBe(3);
  expect(lines(holes.out)).toContainEqual(
    expect.objectContaining({
      severity: 'hole',
      says: '没有综合账号',
      mend: expect.stringContaining('综合') as string,
    }),
  );
  expect((await run('accounts', 'check', join(packageRoot(), 'accounts/examples/general.json'))).code).toBe(0);
  expect((await run('accounts', 'check', join(dir, 'none.json'))).code).toBe(1);
});

test('the example table we wrote is taken without a rejected row', async () => {
  const seen = await run('accounts', 'import', join(packageRoot(), 'accounts/examples/import.csv'), '--preview');
  expect(seen.err.split('\n').filter((line) => line.includes('未采用'))).toEqual([]);
  expect(lines(seen.out)[0]).toMatchObject({ rows: 7, added: 7, rejected: 0 });
});

test('an office’s own cases are run by check, and what is not as it should be is named', async () => {
  await run('accounts', 'import', file('city.json', exportJson(CITY, '测试')));
  const own = (first: string) =>
    writeFileSync(
      join(dir, 'var', 'routing-cases.json'),
      JSON.stringify([
        { why: '街面纠纷归分局', case: { region: '410311', duty: ['公安'], kind: '投诉', spread: 'county' }, first },
      ]),
    );
  own('洛龙公安');
  const right = await run('routing-cases');
  expect([right.code, lines(right.out)[0]]).toEqual([0, expect.objectContaining({ cases: 1, wrong: 0 })]);
  own('西工公安');
  expect(await run('routing-cases')).toMatchObject({
    code: 3,
    err: '不符：街面纠纷归分局。应由西工公安先答，实为洛龙公安\n',
  });
  const page = join(dir, 'page.md');
  await run('routing-cases', '--render', page);
  expect(readFileSync(page, 'utf8')).toContain('街面纠纷归分局');
});
