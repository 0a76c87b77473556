import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadWeights } from '../../server/adapters/models/load-weights.ts';
import { main } from '../../server/cli/main.ts';
import { packageRoot } from '../../server/package-root.ts';

let dir: string;
let taken: Server;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'refusals-'));
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => {
  taken.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The command line in this process. `said` is its stderr, by lines. */
async function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  vi.stubEnv('WENBIDA_VAR', join(dir, 'var'));
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  let stderr = '';
  const code = await main(argv, {
    stdin: Readable.from([]),
    stdout: new Writable({ write: (_chunk, _encoding, done) => done() }),
    stderr: new Writable({
      write(chunk: Buffer, _encoding, done) {
        stderr += chunk.toString();
        done();
      },
    }),
  });
  return { code, said: stderr.trimEnd().split('\n') };
}

const accountsFile = (name: string, text: string): string => {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
};
const anAccount = (more: object): string =>
  JSON.stringify([
    { id: 'a', name: '甲', unit: '甲', tier: 'city', region: '410300', duties: ['综合'], public: true, ...more },
  ]);

const STACK = /^\s+at /m;

interface Refusal {
  readonly what: string;
  readonly argv: () => readonly string[];
  readonly env?: () => Readonly<Record<string, string>>;
  readonly code: number;
  /** What the sentence must name: the place, and what to do. */
  readonly names: () => readonly string[];
}

const REFUSALS: readonly Refusal[] = [
  {
    what: 'a port in use',
    argv: () => ['serve', '--port', String((taken.address() as AddressInfo).port)],
    code: 1,
    names: () => [String((taken.address() as AddressInfo).port), 'in use', '--port'],
  },
  {
    what: 'an accounts file that is not there',
    argv: () => ['serve', '--port', '0', '--accounts', join(dir, 'none.json')],
    code: 1,
    names: () => [join(dir, 'none.json'), '请检查路径'],
  },
  {
    what: 'an accounts file that is a folder',
    argv: () => ['serve', '--port', '0', '--accounts', dir],
    code: 1,
    names: () => [dir, '请检查路径'],
  },
  {
    what: 'an accounts file that is not JSON',
    argv: () => ['serve', '--port', '0', '--accounts', accountsFile('cut.json', '[{"id":')],
    code: 1,
    names: () => ['cut.json', 'JSON', 'accounts/README.md'],
  },
  {
    what: 'a tier nobody knows',
    argv: () => ['serve', '--port', '0', '--accounts', accountsFile('tier.json', anAccount({ tier: 'galaxy' }))],
    code: 1,
    names: () => ['tier.json', '第 1 个账号', 'tier', 'galaxy'],
  },
  {
    what: 'an account under a parent that does not exist',
    argv: () => ['serve', '--port', '0', '--accounts', accountsFile('parent.json', anAccount({ parent: 'nobody' }))],
    code: 1,
    names: () => ['parent.json', 'parent', 'nobody'],
  },
  {
    what: 'another address than this machine',
    argv: () => ['serve', '--host', '0.0.0.0'],
    code: 2,
    names: () => ['0.0.0.0', 'WENBIDA_SIGN_IN=on', 'WENBIDA_PUBLIC_URL', '127.0.0.1'],
  },
  {
    what: 'a port that is a word',
    argv: () => ['serve', '--port', 'http'],
    code: 2,
    names: () => ['WENBIDA_PORT', '--port', '65535', 'http'],
  },
  {
    what: 'a folder to keep things in that is a file',
    argv: () => ['serve', '--port', '0'],
    env: () => ({ WENBIDA_VAR: accountsFile('var-is-a-file', '') }),
    code: 1,
    names: () => ['var-is-a-file'],
  },
  {
    what: 'a drill file that is not there',
    argv: () => ['serve', '--port', '0', '--drill', join(dir, 'no-drill.jsonl')],
    code: 1,
    names: () => ['no-drill.jsonl'],
  },
  {
    what: 'a drill whose post has no time',
    argv: () => ['serve', '--port', '0', '--drill', accountsFile('drill.jsonl', '{"id":"a","text":"停水"}\n')],
    code: 1,
    names: () => ['drill.jsonl', 'line 1', 'time'],
  },
  {
    what: 'a command nobody knows',
    argv: () => ['server'],
    code: 2,
    names: () => ['unknown command', 'server'],
  },
];

describe('what can not be started says so in one sentence', () => {
  test.each(REFUSALS)('$what', async ({ argv, env, code, names }) => {
    const answer = await run(argv(), env?.());
    const said = answer.said.filter((line) => !line.startsWith('tokeniser '));
    expect(said.join('\n')).not.toMatch(STACK);
    const sentence = said.join('\n');
    for (const name of names()) expect(sentence).toContain(name);
    expect(answer.code).toBe(code);
    // commander ends its own refusals with a hint or none; ours are one line.
    if (code === 1) expect(said).toHaveLength(1);
  });
});

test('a start refused midway ends: no thread it left behind holds the process', async () => {
  const folder = join(dir, 'scribbled');
  mkdirSync(folder);
  writeFileSync(join(folder, 'inbox.sqlite'), 'not a database at all, '.repeat(100));
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(packageRoot(), 'server/cli/run.ts'), 'serve', '--port', '0'],
    { env: { ...process.env, WENBIDA_VAR: folder }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(said).toContain(join(folder, 'inbox.sqlite'));
  expect(said).toContain('把它移走');
  expect(said).not.toMatch(STACK);
  expect(code).toBe(1);
});

test('a second start touches nothing of the first: not even a drill clears its folder before the port is its own', async () => {
  const folder = join(dir, 'running', 'drill');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'of-the-first'), 'kept');
  const port = String((taken.address() as AddressInfo).port);
  const { code } = await run(['serve', '--demo', '--port', port], { WENBIDA_VAR: join(dir, 'running') });
  expect(code).toBe(1);
  expect(readdirSync(folder)).toEqual(['of-the-first']);
});

describe('wrong weights', () => {
  const models = join(packageRoot(), 'pipelines/2-understand/models');
  const copied = (): string => {
    const folder = mkdtempSync(join(dir, 'models-'));
    cpSync(models, folder, { recursive: true });
    return folder;
  };

  test('that are cut short, changed, absent or of another format are refused with the remedy', () => {
    const cut = copied();
    truncateSync(join(cut, 'text.bin'), 1000);
    expect(() => loadWeights(cut)).toThrow(/text\.bin has 1000 bytes.*npm run train/);
    const absent = copied();
    rmSync(join(absent, 'folding.bin'));
    expect(() => loadWeights(absent)).toThrow(/folding\.bin is absent.*npm run train/);
    const other = copied();
    writeFileSync(join(other, 'model.json'), '{"format":2}');
    expect(() => loadWeights(other)).toThrow(/model\.json is of format 2.*npm run train/);
    expect(() => loadWeights(join(dir, 'no models'))).toThrow(/no models.*is absent.*npm run train/);
  });
});
