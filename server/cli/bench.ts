import { benchAnswer } from '../../bench/answer.ts';
import { benchAlerts } from '../../bench/alerts.ts';
import { benchDetect } from '../../bench/detect.ts';
import { benchHostile } from '../../bench/hostile.ts';
import type { BenchFigure } from '../../bench/figure.ts';
import { benchPipeline } from '../../bench/pipeline.ts';
import { benchSearch } from '../../bench/search.ts';
import { benchScreens } from '../../bench/screens.ts';
import { benchReport } from '../../bench/report.ts';
import { benchSources } from '../../bench/sources.ts';
import { benchTimers } from '../../bench/timers.ts';
import { benchWatch } from '../../bench/watch.ts';
import { benchWatches } from '../../bench/watches.ts';
import { EXIT, type Streams } from './lines.ts';

const BENCHES = [
  'pipeline',
  'elasticsearch',
  'alerts',
  'detect',
  'watch',
  'watches',
  'answer',
  'hostile',
  'search',
  'sources',
  'timers',
  'screens',
  'report',
] as const;
/** A week of a city. */
const REPORTED_POSTS = 500_000;
type Bench = (typeof BENCHES)[number];

/** Each figure as one JSON line. Exit code 1 where a bar is missed. */
export async function bench(name: string | undefined, flags: { posts: string }, streams: Streams): Promise<number> {
  const posts = Number(flags.posts);
  if (!Number.isInteger(posts) || posts < 1000) {
    streams.stderr.write('wenbida: --posts 要是不小于 1000 的整数\n');
    return EXIT.usage;
  }
  if (name !== undefined && !(BENCHES as readonly string[]).includes(name)) {
    streams.stderr.write(`wenbida: 没有名为“${name}”的测量，可用：${BENCHES.join('、')}\n`);
    return EXIT.usage;
  }
  let missed = 0;
  const report = (figure: BenchFigure): void => {
    if (figure.ok === false) missed++;
    streams.stdout.write(`${JSON.stringify(figure)}\n`);
  };
  const wanted: readonly Bench[] = name === undefined ? BENCHES : [name as Bench];
  for (const one of wanted) {
    switch (one) {
      case 'pipeline':
        await benchPipeline(posts, report, { ELASTICSEARCH_URL: '' });
        break;
      case 'elasticsearch': {
        const url = process.env.ELASTICSEARCH_URL;
        if (url === undefined || url === '') streams.stderr.write('elasticsearch：未设 ELASTICSEARCH_URL，跳过\n');
        else await benchPipeline(posts, report, { ELASTICSEARCH_URL: url });
        break;
      }
      case 'alerts':
        await benchAlerts(60, 500, report);
        break;
      case 'detect':
        await benchDetect(report);
        break;
      case 'watch':
        await benchWatch(posts, report);
        break;
      case 'watches':
        await benchWatches(posts, report);
        break;
      case 'answer':
        benchAnswer(report);
        break;
      case 'hostile':
        await benchHostile(report);
        break;
      case 'search':
        await benchSearch(report);
        break;
      case 'sources':
        await benchSources(report);
        break;
      case 'timers':
        await benchTimers(report);
        break;
      case 'screens':
        await benchScreens(report);
        break;
      case 'report':
        await benchReport(REPORTED_POSTS, process.env.ELASTICSEARCH_URL || undefined, report);
        break;
    }
  }
  return missed > 0 ? EXIT.fault : EXIT.ok;
}
