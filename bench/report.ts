import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { weekOf, type Week } from '../pipelines/domain/week.ts';
import type { RestampedStore } from '../pipelines/ports/post-store.ts';
import { openEmbeddedStore } from '../server/adapters/embedded/embedded-store.ts';
import { machine, round, type Report as Say } from './figure.ts';
import { openInventedOffice } from './report/invented-office.ts';
import { inventIncidents } from './report/invent-week.ts';
import { inventPosts } from './report/invent-posts.ts';

const WEEK: Week = weekOf('2026-W47');
const INCIDENTS = 200;
/** Seconds, from the question to the four files. */
const BAR = 20;
const BATCH = 1_000;
const STAMP = 'bench-report';

/**
 * The report of a week of so many posts and 200 incidents, with eight weeks of 140 to 200 before it: read, composed, and written in all
 * four formats, on the embedded store and, where `url` names one, on Elasticsearch; the two reports must not differ in one digit.
 */
export async function benchReport(posts: number, url: string | undefined, report: Say): Promise<void> {
  const incidents = inventIncidents(WEEK, INCIDENTS, posts);
  const invented = inventPosts(WEEK, incidents, posts);
  const dir = mkdtempSync(join(tmpdir(), 'wenbida-bench-report-'));
  const said: string[] = [];
  const measure = async (store: RestampedStore): Promise<void> => {
    await store.open(STAMP);
    for (const batch of invented.batches(BATCH)) await store.save(batch);
    await settled(store, posts);
    const office = openInventedOffice(join(dir, store.name), store, WEEK, incidents, invented);
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    const made = await office.report();
    const readSeconds = (performance.now() - began) / 1_000;
    await office.write(made.report);
    const seconds = (performance.now() - began) / 1_000;
    const spent = process.cpuUsage(cpu);
    said.push(made.numbers);
    report({
      ...{
        bench: 'report',
        name: `a week's report in four formats, ${store.name}`,
        value: round(seconds, 1),
        unit: 's',
      },
      ...{ bar: `≤ ${BAR}`, ok: seconds <= BAR },
      note: `${posts} posts, ${incidents.length} incidents in nine weeks, read and composed in ${round(readSeconds, 1)} s, CPU of this process ${round((spent.user + spent.system) / 1e6, 1)} s, ${machine()}`,
    });
    office.close();
  };
  try {
    const embedded = openEmbeddedStore({ dir: join(dir, 'posts'), synchronous: 'NORMAL' });
    await measure(embedded);
    await embedded.close();
    if (url === undefined) return;
    const { openElasticsearchStore } = await import('../server/adapters/elasticsearch/elasticsearch-store.ts');
    const elastic = openElasticsearchStore({ url, prefix: `bench-report-${process.pid}` });
    await measure(elastic);
    await elastic.close();
    report({
      ...{ bench: 'report', name: 'figures that differ between the two stores', value: differing(said), unit: 'lines' },
      ...{ bar: '= 0', ok: differing(said) === 0 },
      note: `${said[0]?.split('\n').length ?? 0} lines of CSV compared`,
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Waits until everything saved is visible. */
async function settled(store: RestampedStore, posts: number): Promise<void> {
  while ((await store.count()) < posts) await new Promise((resolve) => setTimeout(resolve, 200));
}

function differing([one = '', other = '']: readonly string[]): number {
  const [a, b] = [one.split('\n'), other.split('\n')];
  return Array.from({ length: Math.max(a.length, b.length) }, (_, at) => at).filter((at) => a[at] !== b[at]).length;
}
