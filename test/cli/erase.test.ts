import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { packageRoot } from '../../server/package-root.ts';
import { missingForNode, startNode, type RunningNode } from '../elasticsearch/node.ts';
import { describeLane } from '../lane.ts';
import { EVENING, MINUTE, runApp, until, type RunningApp } from '../stories/running-app.ts';

const ADDRESS = 'https://example.org/weibo/1';
const SAID = ['新苑小区又停水了，谁来管管', '桥头路灯坏了半个月', '桥头的羊肉汤真鲜'];
const lines = SAID.map((text, at) =>
  JSON.stringify({
    id: `e${at}`,
    platform: 'weibo',
    kind: 'post',
    text,
    time: new Date(EVENING + at * MINUTE).toISOString(),
    author: { key: at === 0 ? '5087341290' : '6120087755', kind: 'ordinary' },
    url: at === 0 ? ADDRESS : `https://example.org/weibo/${at + 1}2`,
  }),
);
/** More than one page of a search. */
const COMMENTS = Array.from({ length: 230 }, (_, at) =>
  JSON.stringify({
    id: `c${at}`,
    platform: 'weibo',
    kind: 'comment',
    text: `${at}号楼也停水了`,
    time: new Date(EVENING + at * 1_000).toISOString(),
    author: { key: '5087341290', kind: 'ordinary' },
    url: ADDRESS,
  }),
);

describe('erase, with the store that comes with it', () => {
  erasing(() => ({}));
});

describeLane('erase, with Elasticsearch', missingForNode(), () => {
  let node: RunningNode;
  beforeAll(async () => {
    node = await startNode();
  });
  afterAll(() => node?.stop());
  erasing(() => ({ ELASTICSEARCH_URL: node.url }));
});

/** From the post that comes in to the post that never comes back, for an office with places of its own. */
function erasing(storeOf: () => Readonly<Record<string, string>>): void {
  let dir: string;
  // Not where it is looked for: server and command are told, one by its setting, the other by its flag.
  const placesFile = (): string => join(dir, 'our-places.txt');
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'wenbida-erase-'));
    writeFileSync(placesFile(), '410311 新苑小区\n');
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  // A process of its own, as in an office: a second thread of this one could not open the same tokeniser.
  function erase(...which: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    const command = ['--import', 'tsx', join(packageRoot(), 'server/cli/run.ts'), 'erase', ...which];
    const env = { ...process.env, WENBIDA_VAR: dir, ...storeOf() };
    const flags = ['--places', placesFile(), '--who', '值班员', '--why', '本人要求'];
    return spawnSync(process.execPath, [...command, ...flags], { env, encoding: 'utf8' });
  }
  const textsOf = async (running: RunningApp): Promise<string[]> =>
    (await running.get<{ posts: { text: string }[] }>('posts')).posts.map(({ text }) => text).sort();
  const served = async (work: (running: RunningApp) => Promise<void>): Promise<void> => {
    const running = await runApp({ dir, env: { ...storeOf(), WENBIDA_PLACES: placesFile() } });
    try {
      await until(async () => (await running.health()).store.posts !== undefined);
      await work(running);
    } finally {
      await running.close();
    }
  };

  test('by address, then by author: the posts are found no more and do not come in again', async () => {
    await served(async (running) => {
      expect((await running.postLines([...lines, ...COMMENTS])).answer).toMatchObject({ accepted: 233 });
      await running.app.flow.drained();
      await until(async () => (await running.health()).store.posts === 233);
    });
    const byAddress = erase('--url', ADDRESS);
    expect(byAddress).toMatchObject({ status: 0, stdout: '{"erased":231}\n' });
    await served(async (running) => {
      expect(await textsOf(running)).toEqual(SAID.slice(1).sort());
      expect((await running.postLines(lines)).answer).toMatchObject({ accepted: 0 });
    });
    const byAuthor = erase('--author', '6120087755', '--platform', 'weibo');
    expect(byAuthor).toMatchObject({ status: 0, stdout: '{"erased":2}\n' });
    await served(async (running) => {
      expect((await running.postLines(lines)).answer).toMatchObject({ accepted: 0 });
      await running.app.flow.drained();
      expect(await textsOf(running)).toEqual([]);
    });
  });
}
