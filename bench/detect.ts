import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { packageRoot } from '../server/package-root.ts';
import { dataDir } from './corpus.ts';
import { machine, round, type Report } from './figure.ts';

/** `wenbida detect` over every hot-list title there is, as a user would run it. Needs the data folder. */
export async function benchDetect(report: Report): Promise<void> {
  const data = dataDir();
  if (data === undefined) {
    report({ bench: 'detect', name: 'skipped', value: 0, unit: '', note: 'the data folder is not here' });
    return;
  }
  const began = performance.now();
  const child = spawn(process.execPath, [join(packageRoot(), 'bin', 'wenbida.js'), 'detect'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  createReadStream(join(data, 'weibo-hot-search/topics.jsonl.gz')).pipe(createGunzip()).pipe(child.stdin);
  let opened = 0;
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  for (const line of out.split('\n')) if (line.includes('"event":"opened"')) opened++;
  const seconds = (performance.now() - began) / 1000;
  const note = `156,307 titles, ${machine()}`;
  report({
    bench: 'detect',
    name: 'hot-list titles',
    value: round(seconds),
    unit: 's',
    bar: '≤ 60',
    ok: seconds <= 60,
    note,
  });
  report({ bench: 'detect', name: 'openings', value: opened, unit: 'incidents', note });
}
