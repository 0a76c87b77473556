import type { Refutation } from '../domain/refutation.ts';
import { longWords, nativeIdOf, objectOf, Refused, shortWords } from './fields.ts';
import { readTime } from './time.ts';

const FIELDS = new Set(['id', 'claim', 'verdict', 'source', 'url', 'publishedAt']);
const LEAST_CLAIM = 4;
const LONGEST = { claim: 2_000, verdict: 5_000, source: 200, url: 2_000 } as const;

/** One row of a file of refutations, or why it can't be taken, in one sentence for people. `now` in epoch ms. */
export function parseRefutation(value: unknown, now: number): Refutation | { readonly because: string } {
  try {
    const row = objectOf('这一行', value, FIELDS, true);
    const id = needed('id', nativeIdOf('id', row.id));
    const claim = needed('claim', longWords('claim', row.claim, LONGEST.claim, []));
    if (claim.length < LEAST_CLAIM) throw new Refused(`claim 至少 ${LEAST_CLAIM} 个字，否则什么都会对上`);
    const verdict = needed('verdict', longWords('verdict', row.verdict, LONGEST.verdict, []));
    const source = needed('source', shortWords('source', row.source, LONGEST.source));
    const url = webAddress(shortWords('url', row.url, LONGEST.url));
    const time = readTime('publishedAt', row.publishedAt, { now });
    if ('because' in time) return time;
    return { id, claim, verdict, source, ...(url === undefined ? {} : { url }), publishedAt: time.at };
  } catch (error) {
    if (error instanceof Refused) return { because: error.message };
    throw error;
  }
}

function needed<T>(field: string, value: T | undefined): T {
  if (value === undefined) throw new Refused(`缺少 ${field}`);
  return value;
}

/** People will follow it: only web addresses, never a script. */
function webAddress(url: string | undefined): string | undefined {
  if (url === undefined || (/^https?:\/\/[^\s/]+/iu.test(url) && URL.canParse(url))) return url;
  throw new Refused('url 只能是 http:// 或 https:// 开头的网址');
}
