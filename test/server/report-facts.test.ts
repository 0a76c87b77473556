import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inventIncidents } from '../../bench/report/invent-week.ts';
import { inventPosts } from '../../bench/report/invent-posts.ts';
import { openInventedOffice, type InventedOffice } from '../../bench/report/invented-office.ts';
import { contains, regionCode } from '../../pipelines/domain/region.ts';
import type { Report } from '../../pipelines/domain/report.ts';
import { weekOf } from '../../pipelines/domain/week.ts';
import { openEmbeddedStore } from '../../server/adapters/embedded/embedded-store.ts';
import type { RestampedStore } from '../../pipelines/ports/post-store.ts';

const WEEK = weekOf('2026-W47');
const POSTS = 3_000;
const YIYANG = regionCode('410327');

const cells = (report: Report, id: string, caption: RegExp): (readonly string[])[] =>
  report.sections
    .filter((section) => section.id === id)
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) =>
      block.kind === 'table' && caption.test(block.caption) ? block.rows.map((row) => row.map(({ text }) => text)) : [],
    );
const sentences = (report: Report, id: string): string[] =>
  report.sections
    .filter((section) => section.id === id)
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.kind === 'sentences' ? block.items.map(({ text }) => text) : []));

describe('a week read from the stores', () => {
  const incidents = inventIncidents(WEEK, 24, POSTS);
  const posts = inventPosts(WEEK, incidents, POSTS);
  let dir: string;
  let store: RestampedStore;
  let office: InventedOffice;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'wenbida-report-facts-'));
    store = openEmbeddedStore({ dir: join(dir, 'posts'), synchronous: 'NORMAL' });
    await store.open('test');
    for (const batch of posts.batches(500)) await store.save(batch);
    office = openInventedOffice(dir, store, WEEK, incidents, posts);
  });
  afterAll(async () => {
    office?.close();
    await store?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  test('tells how far each corrected claim and its correction came, and says where too few spoke', async () => {
    const { report } = await office.report();
    const claims = cells(report, 'claims', /触达/u);
    const corrected = claims.filter((row) => row[4] !== '—');
    expect(corrected.length).toBeGreaterThan(2);
    for (const row of corrected) {
      expect(row[5]).toMatch(/^≥?\d+\/\d+$/u);
      expect(row[6]).toMatch(/^≥?\d+\/\d+$/u);
      expect(row[7]).toMatch(/^(\d+%，n=\d+|样本不足，n=\d+)$/u);
    }
    expect(corrected.some((row) => Number(row[6]?.split('/')[0]) > 0)).toBe(true);
    expect(corrected.some((row) => row[7]?.startsWith('样本不足'))).toBe(true);
    const unchecked = claims.filter((row) => row[2] === '待核实');
    expect(unchecked.every((row) => row[6] === '—' && row[7] === '—')).toBe(true);
    expect(sentences(report, 'claims').join('')).toMatch(/传言触达合计[\d,]+帖，更正触达合计[\d,]+帖/u);
  });

  test('of one county holds nothing of any other, and divides it by its streets', async () => {
    const { report } = await office.report(YIYANG);
    expect(report.title).toBe('宜阳县政务新媒体扩散周报');
    expect(report.of).toBe(YIYANG);
    const own = new Set(
      incidents.filter(({ region }) => contains(YIYANG, region)).map(({ incident }) => String(incident.id)),
    );
    expect(own.size).toBeGreaterThan(5);
    const said = JSON.stringify(report);
    const named = new Set([...said.matchAll(/w\d+-\d+/gu)].map(([id]) => id));
    expect([...named].filter((id) => !own.has(id))).toEqual([]);
    for (const other of ['珠江路街道', '开元路街道', '平乐镇']) expect(said).not.toContain(other);
    expect(cells(report, 'picture', /街道乡镇/u).map(([name]) => name)).toContain('柳泉镇');
    expect(sentences(report, 'coverage').join('')).not.toMatch(/死信/u);
    const everything = await office.report();
    const counted = (of: Report): number =>
      of.sections
        .flatMap(({ blocks }) => blocks)
        .flatMap((block) => (block.kind === 'bars' && !block.share && !block.lying ? block.series : []))
        .flatMap(({ values }) => values)
        .reduce<number>((sum, value) => sum + (value ?? 0), 0);
    expect(counted(report)).toBeGreaterThan(0);
    expect(counted(report)).toBeLessThan(counted(everything.report));
  });

  test('counts against public figures with their source, and says who has none', async () => {
    const said = sentences((await office.report()).report, 'picture').join('');
    expect(said).toMatch(/合每万人[\d.,]+帖（人口7,056,699，洛阳市第七次全国人口普查公报/u);
    expect(said).toContain('区县都缺人口公报数');
    expect(sentences((await office.report(YIYANG)).report, 'picture').join('')).toContain('宜阳县缺人口公报数');
  });

  test('says the same of the weeks before whether or not older files are kept', async () => {
    const late = incidents.map((invented) => ({
      ...invented,
      incident: {
        ...invented.incident,
        ...{ openedAt: 1, firstPostAt: 1, lastPostAt: 2, steps: [], id: `old-${invented.incident.id}` as never },
      },
      acts: [
        { ...invented.acts[0]!, at: 1, starts: { firstPost: 1, firstSeen: 1 } } as never,
        { act: 'closed', at: 3, by: { kind: 'rule', rule: 'old' }, outcome: 'solved' } as const,
      ],
    }));
    const other = openInventedOffice(join(dir, 'older'), store, WEEK, [...incidents, ...late], posts);
    try {
      expect((await other.report()).numbers).toBe((await office.report()).numbers);
    } finally {
      other.close();
    }
  });
});
