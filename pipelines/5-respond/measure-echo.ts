import { asksAboutHearsay, deniesHearsay } from '../domain/hearsay.ts';
import type { PostId } from '../domain/post.ts';
import type { RegionCode } from '../domain/region.ts';
import { fallBetween, shareOf, type Share } from './share-interval.ts';

const HOUR = 3_600_000;

/** What a post does about the claim, or about what was asked. One of these; the first that fits, in this order. */
export const ECHOES = ['quotes', 'denies', 'asks', 'repeats', 'other'] as const;
export type Echo = (typeof ECHOES)[number];

export interface EchoPost {
  readonly id: PostId;
  /** The first post of the same text. */
  readonly group: PostId;
  readonly text: string;
  readonly time: number;
  readonly region: RegionCode | null;
}

export interface EchoRules {
  /** Both windows are as long as this, ms; the earlier ends with the answer, the later begins with it. */
  readonly window: number;
  /** Distinct posts a window must have. Below nine, not even none of them repeating could show a share under `landedBelow`; ten is the round number. */
  readonly least: number;
  /** Landed: the 95 % interval of those that repeat or ask lies below this. Three in ten is not silence, it is a claim that no longer leads. */
  readonly landedBelow: number;
}

export const ECHO_RULES: EchoRules = { window: 6 * HOUR, least: 10, landedBelow: 0.3 };

export const VERDICTS = ['landed', 'notYet', 'tooFew'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface EchoWindow {
  readonly from: number;
  readonly to: number;
  /** Distinct texts posted in it. */
  readonly n: number;
  readonly by: Readonly<Record<Echo, { readonly count: number; readonly posts: readonly PostId[] }>>;
  /** Of those that repeat the claim or ask the same. */
  readonly unsettled: Share;
}

export interface Reach {
  /** Distinct texts, all posts with copies, and counties they name. */
  readonly distinct: number;
  readonly posts: number;
  readonly places: number;
}

export interface EchoReport {
  readonly verdict: Verdict;
  /** In words: by which figures. */
  readonly because: string;
  readonly before: EchoWindow;
  readonly after: EchoWindow;
  /** Newcombe; null where a window is empty. */
  readonly fall: { readonly fall: number; readonly low: number; readonly high: number } | null;
  /** Of the day that begins 24 h after the answer; null until that day has posts. */
  readonly residual: Share | null;
  readonly claimReach: Reach;
  readonly correctionReach: Reach;
  /** From the claim's first post to the first answer, ms; null where either is missing. */
  readonly lag: number | null;
}

export interface EchoQuestion {
  /** The claim in all its wordings; empty where it is about a complaint and only asking and quoting are counted. */
  readonly claims: readonly string[];
  readonly answers: readonly { readonly text: string; readonly at: number }[];
  readonly posts: readonly EchoPost[];
  /** Posts after this are not known yet, epoch ms. */
  readonly now: number;
}

const MOST_SHOWN = 50;
/** Share of a claim's pairs of signs that a post says, from which it says the claim. */
const SAYS = 0.5;
/** As many signs in a row of the answer are no accident. */
const QUOTED_RUN = 10;

/**
 * Did the answer land? Shares of distinct posts that still repeat the claim or ask the same, before and after the first answer. A text
 * counts once a window however often it is copied: who pastes sixty times is one voice. It says nothing of any person.
 *
 * @returns undefined where nothing was answered yet
 */
export function measureEcho(question: EchoQuestion, rules: EchoRules = ECHO_RULES): EchoReport | undefined {
  const answers = [...question.answers].sort((a, b) => a.at - b.at);
  const first = answers[0];
  if (first === undefined) return undefined;
  const judge = echoJudge(
    question.claims,
    answers.map(({ text }) => text),
  );
  const judged = question.posts
    .filter(({ time }) => time <= question.now)
    .map((post) => ({ post, echo: judge(post.text) }));
  const window = (from: number, to: number): EchoWindow => windowOf(judged, from, to);
  const before = window(first.at - rules.window, first.at);
  const after = window(first.at, first.at + rules.window);
  const fall = fallBetween(before.unsettled, after.unsettled);
  const late = window(first.at + 24 * HOUR, first.at + 48 * HOUR);
  // Who asks whether it is so passes it on too: asking carries a claim as far as telling.
  const claimed = judged.filter(({ echo }) => echo === 'repeats' || echo === 'asks');
  const firstClaim = Math.min(...claimed.map(({ post }) => post.time));
  return {
    ...verdictOf(before, after, fall, question.now, rules),
    ...{ before, after, fall },
    residual: late.n === 0 ? null : late.unsettled,
    claimReach: reachOf(claimed.map(({ post }) => post)),
    correctionReach: reachOf(
      judged.flatMap(({ post, echo }) => (echo === 'quotes' || echo === 'denies' ? [post] : [])),
    ),
    lag: claimed.length === 0 ? null : Math.max(0, first.at - firstClaim),
  };
}

function verdictOf(
  before: EchoWindow,
  after: EchoWindow,
  fall: EchoReport['fall'],
  now: number,
  { least, landedBelow }: EchoRules,
): Pick<EchoReport, 'verdict' | 'because'> {
  const percent = (share: number): string => `${Math.round(share * 100)}%`;
  if (before.n < least || after.n < least || fall === null) {
    const still = now < after.to ? '，答复后的时段还没走完' : '';
    return { verdict: 'tooFew', because: `答复前${before.n}帖、答复后${after.n}帖，都要满${least}帖才下结论${still}` };
  }
  const { share, high } = after.unsettled;
  const figures = `重复或追问由${percent(before.unsettled.share ?? 0)}到${percent(share ?? 0)}，95%区间上限${percent(high)}`;
  if (high < landedBelow && fall.low > 0)
    return { verdict: 'landed', because: `${figures}，低于${percent(landedBelow)}，且降幅不是偶然` };
  return {
    verdict: 'notYet',
    because:
      fall.low <= 0 ? `${figures}，降幅的95%区间含0，看不出下降` : `${figures}，还没有低于${percent(landedBelow)}`,
  };
}

interface Judged {
  readonly post: EchoPost;
  readonly echo: Echo;
}

function windowOf(judged: readonly Judged[], from: number, to: number): EchoWindow {
  const groups = new Map<PostId, Judged>();
  for (const each of judged) {
    if (each.post.time < from || each.post.time >= to) continue;
    const known = groups.get(each.post.group);
    if (known === undefined || known.post.time > each.post.time) groups.set(each.post.group, each);
  }
  const own = [...groups.values()].sort((a, b) => b.post.time - a.post.time);
  const counted = (echo: Echo): EchoWindow['by'][Echo] => {
    const posts = own.filter((each) => each.echo === echo).map(({ post }) => post.id);
    return { count: posts.length, posts: posts.slice(0, MOST_SHOWN) };
  };
  const by = {
    quotes: counted('quotes'),
    denies: counted('denies'),
    asks: counted('asks'),
    repeats: counted('repeats'),
    other: counted('other'),
  };
  return { from, to, n: own.length, by, unsettled: shareOf(by.repeats.count + by.asks.count, own.length) };
}

const reachOf = (posts: readonly EchoPost[]): Reach => ({
  distinct: new Set(posts.map(({ group }) => group)).size,
  posts: posts.length,
  places: new Set(posts.flatMap(({ region }) => (region === null ? [] : [region.slice(0, 6)]))).size,
});

/** Judges one text after another by these claims and answers. */
export function echoJudge(claims: readonly string[], answers: readonly string[]): (text: string) => Echo {
  const wordings = claims.map((claim) => pairsOf(plain(claim))).filter((pairs) => pairs.size >= 3);
  const said = answers.map(plain);
  const runs = new Set<string>();
  for (const answer of said)
    for (let at = 0; at + QUOTED_RUN <= answer.length; at++) runs.add(answer.slice(at, at + QUOTED_RUN));
  // The answer names the claim: saying that part again repeats the claim and quotes nothing.
  for (const claim of claims.map(plain))
    for (let at = 0; at + QUOTED_RUN <= claim.length; at++) runs.delete(claim.slice(at, at + QUOTED_RUN));
  return (text) => {
    const own = plain(text.slice(0, 2_000));
    for (let at = 0; at + QUOTED_RUN <= own.length; at++) if (runs.has(own.slice(at, at + QUOTED_RUN))) return 'quotes';
    if (asksAboutHearsay(text)) return 'asks';
    if (deniesHearsay(text)) return 'denies';
    const pairs = pairsOf(own);
    const says = wordings.some((wording) => {
      let both = 0;
      for (const pair of wording) if (pairs.has(pair)) both++;
      return both / wording.size >= SAYS;
    });
    if (says) return /[？?]|吗/u.test(text) ? 'asks' : 'repeats';
    return 'other';
  };
}

/** Without what telling and writing add. */
const plain = (text: string): string =>
  text
    .replaceAll(/https?:\/\/[\x21-\x7e]+|@[^\s:：,，。]{1,30}|\[[^\]\s]{1,8}\]/gu, '')
    .replaceAll(/网传|听说|据说|紧急|扩散|通知/gu, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

function pairsOf(text: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < text.length; at++) pairs.add(text.slice(at, at + 2));
  return pairs;
}
