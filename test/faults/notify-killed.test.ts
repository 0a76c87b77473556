import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EVERYTHING_SUBSCRIBED, type ChannelTarget } from '../../pipelines/domain/notify-channel.ts';
import { openDesk } from '../../server/adapters/desk/sqlite-desk.ts';
import { openBook } from '../../server/notify-runner.ts';
import { EVENING } from '../seeds/notices.ts';
import { raise } from '../seeds/notify-app.ts';
import { httpReceiver, type Mode, type Receiver } from '../seeds/notify-receiver.ts';

const MINUTE = 60_000;
const ALERTS = 30;
const KILLS = 10;
const WHSEC = `whsec_${Buffer.from('a-key-of-thirty-two-bytes-or-so!').toString('base64')}`;
/** A webhook has no code of its own: whatever it answers with 200, it has taken. */
const modesOf = (name: string): readonly Mode[] => [
  'broken',
  'tooMany',
  name === 'webhook' ? 'broken' : 'coded',
  'resets',
  'cuts',
];

test('receivers that fail for half an hour and a server killed ten times in it: every alert reaches every receiver, under its one id, and in the order of its incident', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'notify-kill-'));
  let now = EVENING;
  const tick = (ms: number): void => {
    now += ms;
    writeFileSync(join(dir, 'now.new'), String(now));
    renameSync(join(dir, 'now.new'), join(dir, 'now'));
  };
  tick(0);
  const receivers: Record<string, Receiver> = {
    dingtalk: await httpReceiver({ good: '{"errcode":0,"errmsg":"ok"}', coded: '{"errcode":-1,"errmsg":"busy"}' }),
    feishu: await httpReceiver({ good: '{"code":0,"msg":"ok"}', coded: '{"code":1,"msg":"busy"}' }),
    webhook: await httpReceiver({ good: '', coded: '' }),
  };
  const book = openBook(dir);
  for (const [id, { host }] of Object.entries(receivers)) {
    const target = { kind: id, url: `http://${host}/send?k=key-of-${id}`, ...(id === 'webhook' && { secret: WHSEC }) };
    const about = { id, name: id, subscription: EVERYTHING_SUBSCRIBED, quiet: null, second: null, paused: false };
    book.channels.add({ ...about, target: target as ChannelTarget, changedAt: now, changedBy: '' });
  }
  const desk = openDesk(join(dir, 'desk.sqlite'));
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const script = new URL('./notifying-child.ts', import.meta.url).pathname;
    const hosts = Object.values(receivers).map(({ host }) => host);
    child = spawn(process.execPath, ['--import', 'tsx', script, dir, hosts.join(',')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child?.stdout?.once('data', resolve));
  };
  const kill = (): Promise<unknown> =>
    new Promise((resolve) => {
      child?.once('close', resolve);
      child?.kill('SIGKILL');
    });

  await start();
  for (let minute = 0; minute < 30; minute++) {
    for (const [place, [name, receiver]] of Object.entries(receivers).entries())
      receiver.mode = minute >= 3 ? (modesOf(name)[(minute + place) % 5] ?? 'broken') : 'works';
    // Two alerts of one incident after another, so that their order can be seen.
    if (minute < ALERTS)
      raise(desk, `i${Math.floor(minute / 2)}`, { rung: minute % 2 === 0 ? 'town' : 'county' }, EVENING + minute);
    for (let step = 0; step < 6; step++) {
      tick(10_000);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    if (minute > 1 && minute % 2 === 0 && minute / 2 <= KILLS) {
      await kill();
      await start();
    }
  }
  for (const receiver of Object.values(receivers)) receiver.mode = 'works';
  const textOf = ({ taken }: Receiver): string => taken.map(({ body }) => body).join('\n');
  const has = (receiver: Receiver, n: number): boolean => new RegExp(`alert-${n}(?!\\d)`).test(textOf(receiver));
  await expect
    .poll(
      () => {
        tick(MINUTE);
        return Object.values(receivers).every((receiver) =>
          Array.from({ length: ALERTS }, (_, at) => at + 1).every((n) => has(receiver, n)),
        );
      },
      { timeout: 60_000, interval: 150 },
    )
    .toBe(true);
  await kill();

  for (const [name, receiver] of Object.entries(receivers)) {
    const order = [...textOf(receiver).matchAll(/编号alert-(\d+)|（alert-(\d+)）/gu)].map((m) => Number(m[1] ?? m[2]));
    const first = [...new Set(order)];
    for (let n = 1; n < ALERTS; n += 2)
      expect(first.indexOf(n), `${name} alert-${n}`).toBeLessThan(first.indexOf(n + 1));
    // Doubled only around a kill: at most what was on its way then.
    expect(order.length - first.length, name).toBeLessThanOrEqual(KILLS);
  }
  expect(book.deliveries.list({ limit: 500 }).filter(({ state }) => state !== 'sent')).toEqual([]);
  book.close();
  desk.close();
  for (const receiver of Object.values(receivers)) await receiver.close();
  rmSync(dir, { recursive: true });
}, 180_000);
