import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../server/cli/main.ts';
import { openBook } from '../../server/notify-runner.ts';
import { httpReceiver, type Receiver } from '../seeds/notify-receiver.ts';
import { aChannel } from '../suites/notify-book-suite.ts';

let dir: string;
let robot: Receiver;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'notify-cli-'));
  robot = await httpReceiver({
    good: '{"errcode":0,"errmsg":"ok"}',
    coded: '{"errcode":93000,"errmsg":"no such key"}',
  });
  vi.stubEnv('WENBIDA_VAR', dir);
  vi.stubEnv('WENBIDA_NOTIFY_HOSTS', robot.host);
  const book = openBook(dir);
  const target = { kind: 'wecom', url: `http://${robot.host}/send?key=canary-of-the-cli` } as const;
  book.channels.add(aChannel({ id: 'c1', name: '值班群', target }));
  book.close();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await robot.close();
  rmSync(dir, { recursive: true });
});

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const code = await main(argv, streams);
  const read = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, out: read(streams.stdout), err: read(streams.stderr) };
}

test('a test prints what the receiver answered, and its exit code says whether it arrived', async () => {
  const good = await run('notify', 'test', '值班群');
  expect(good).toMatchObject({ code: 0 });
  expect(JSON.parse(good.out)).toEqual({ channel: '值班群', kind: 'delivered', answer: '{"errcode":0,"errmsg":"ok"}' });
  expect(robot.taken[0]?.body).toContain('【试发】这是一条试发的消息');
  robot.mode = 'coded';
  const bad = await run('notify', 'test', 'c1');
  expect(bad.code).toBe(1);
  expect(bad.out).toContain('已被移出群');
  expect((await run('notify', 'test', 'nobody')).code).toBe(2);
});

test('the list names every channel and what became of its messages, and no secret', async () => {
  await run('notify', 'test', '值班群');
  const { out } = await run('notify', 'list');
  expect(JSON.parse(out)).toMatchObject({ name: '值班群', kind: 'wecom', waiting: 0, last: { outcome: 'delivered' } });
  expect(out).not.toContain('canary');
});
