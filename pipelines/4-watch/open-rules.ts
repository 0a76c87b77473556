import type { FoldedPost } from '../domain/post.ts';
import type { RegionCode } from '../domain/region.ts';
import type { Concern } from './concern.ts';
import type { Tally } from './tally.ts';

/** When a cluster is an incident. Thresholds are the deployment's to change; the reasons quote them. */
export interface OpenRules {
  /** Least distinct posts by distinct authors. */
  readonly posts: number;
  /** Least standard deviations over what is usual for its words at its place. */
  readonly burst: number;
  /** Least mean concern of its posts, 0…1. */
  readonly concern: number;
  /**
   * The same two, where so many as `posts` and half of all here name one road, estate, village or school, and a quarter of all
   * that name it are here. That more of them are in a bad mood than in a glad one is enough too: trouble comes in words that no list
   * knows. A square that the whole town names all day proves nothing.
   */
  readonly burstOfSpot: number;
  readonly concernOfSpot: number;
  /** More voices for a place that this stream names all the time: by its idf, below 3.5 and below 2. */
  readonly common: readonly [below35: number, below2: number];
  /** Least characters of a single plea: a headline about a rescue is not a plea. */
  readonly pleaLength: number;
}

export const OPEN_RULES: OpenRules = {
  posts: 3,
  burst: 2,
  concern: 0.3,
  burstOfSpot: 1.7,
  concernOfSpot: 0.05,
  common: [1, 3],
  pleaLength: 25,
};

export interface OpenCase {
  readonly tally: Tally;
  readonly post: FoldedPost;
  readonly concern: Concern;
  readonly burst: number;
  readonly words: readonly string[];
  /** Posts that name the road or estate most often named. */
  readonly onSpot: number;
  /** Posts of the stream that name it in the cities these posts are of, fewer for what came long ago. */
  readonly ofSpot: number;
  readonly region: RegionCode | null;
  /** How seldom this stream names the place: its inverse document frequency. */
  readonly rarity: number;
}

/** A plea asks somebody for something; a report that somebody was in danger does not. */
const ASKS =
  /求助|求救|求扩散|扩散|帮忙|帮帮|帮助|救救|联系|电话|寻人|寻找|请.{0,6}(?:留意|转告|报警|联系)|有没有人|谁能|快来|急需|急求|在线等/u;

/** Forwards, bulletins and notices to contacts speak of danger without asking for anybody. */
const NOT_A_PLEA = /^(?:\s*\/\/@|转发微博|【)|同乘|密切接触者|宝贝回家/u;

/** A person asks for help with a life at risk, in words of their own. */
export function isPlea(post: FoldedPost, rules: OpenRules): boolean {
  const ordinary = post.author === undefined || post.author.kind === 'ordinary' || post.author.kind === 'verified';
  return (
    post.need.lifeAtRisk &&
    (post.need.kind === '求助' || post.need.kind === null) &&
    ordinary &&
    post.sentiment.label !== 'positive' &&
    ASKS.test(post.text) &&
    !NOT_A_PLEA.test(post.text) &&
    (post.kind === 'post' || post.kind === 'comment') &&
    post.text.length >= rules.pleaLength
  );
}

/** False where these posts, none of them a plea, are no incident whatever is usual at their place: what costs little to know. */
export const mayOpen = (
  few: {
    readonly region: RegionCode | null;
    readonly voices: number;
    readonly concern: number;
    readonly onSpot: number;
  },
  rules: OpenRules,
): boolean =>
  few.region !== null && few.voices >= rules.posts && (few.concern >= rules.concern || few.onSpot >= rules.posts);

/** Why this cluster is an incident now, or null. A single post is enough where a person asks for help with a life at risk. */
export function openBecause(found: OpenCase, rules: OpenRules): string[] | null {
  const { tally, post, region } = found;
  if (isPlea(post, rules) && region !== null) {
    const cue = post.because.find((reason) => reason.label === 'lifeAtRisk' || reason.label === 'urgent')?.cue;
    return [`有人生命安全可能有危险${cue === undefined ? '' : `（“${cue}”）`}，一帖即立`];
  }
  if (region === null || tally.voices < rules.posts) return null;
  const mean = tally.concern / tally.count;
  const least = rules.posts + (found.rarity < 2 ? rules.common[1] : found.rarity < 3.5 ? rules.common[0] : 0);
  const oneSpot = found.onSpot >= rules.posts && found.onSpot * 2 >= tally.count && found.onSpot * 4 >= found.ofSpot;
  const concern = oneSpot ? rules.concernOfSpot : rules.concern;
  const burst = oneSpot ? rules.burstOfSpot : rules.burst;
  const isOfConcern = mean >= concern || (oneSpot && tally.negative > tally.glad);
  if (tally.voices < least || !isOfConcern || found.burst < burst) return null;
  return [
    `${tally.voices} 人各自发帖（去重 ${tally.count} 帖）说“${found.words.slice(0, 3).join('、')}”`,
    `同词在当地高出平时 ${found.burst.toFixed(1)} 个标准差`,
    `帖文关切程度 ${mean.toFixed(2)}（门槛 ${concern}${oneSpot ? '，因多帖说同一处' : ''}）`,
  ];
}
