import type { FoldedPost, NeedKind, PostId, Sentiment } from '../../pipelines/domain/post.ts';
import { regionCode, type RegionCode } from '../../pipelines/domain/region.ts';
import type { Week } from '../../pipelines/domain/week.ts';
import { postId, seededDice, type Invented } from './invent-week.ts';

const HOUR = 3_600_000;
const PLATFORMS = ['weibo', 'weibo', 'weibo', 'douyin', 'douyin', 'tieba', 'wechat', 'zhihu'] as const;
export const INVENTED_SOURCES = ['微博采集', '抖音导出', '贴吧采集', '公众号订阅', '12345转办'] as const;
const COUNTIES = [
  '410302',
  '410303',
  '410304',
  '410305',
  '410307',
  '410308',
  '410311',
  '410323',
  '410325',
  '410326',
  '410327',
  '410328',
  '410329',
  '410371',
] as const;
const CHATTER = [
  '今天的天气真不错',
  '新开的面馆味道可以',
  '高架上又堵车了',
  '银杏叶落了一地很好看',
  '早上跑步看到日出',
] as const;
const NEEDS: readonly (NeedKind | null)[] = [null, null, null, '咨询', '投诉', '求助', '建议', '举报'];

export interface InventedPosts {
  /** Posts of incidents first, then chatter; `size` together. */
  batches(batch: number): Generator<readonly FoldedPost[]>;
  evidenceOf(invented: Invented): readonly { readonly post: PostId; readonly at: number }[];
}

/** The posts of a week, half of them of its incidents: told and asked before the answer, quoted after it. Older incidents have ten each. */
export function inventPosts(week: Week, incidents: readonly Invented[], size: number): InventedPosts {
  const current = incidents.filter(({ incident }) => incident.openedAt >= week.from);
  const each = Math.max(10, Math.floor((size * 0.5) / current.length));
  const evidenceOf = (invented: Invented): readonly { readonly post: PostId; readonly at: number }[] =>
    Array.from({ length: current.includes(invented) ? each : 0 }, (_, at) => ({
      post: postId(invented.incident.id, at),
      at: timeOf(invented, at, each),
    }));
  function* all(): Generator<FoldedPost> {
    for (const invented of current) yield* postsOf(invented, each);
    const dice = seededDice(7);
    for (let at = 0; at < size - current.length * each; at++) yield chatterAt(week, at, dice);
  }
  return {
    evidenceOf,
    *batches(batch) {
      let held: FoldedPost[] = [];
      for (const post of all()) {
        held.push(post);
        if (held.length === batch) {
          yield held;
          held = [];
        }
      }
      if (held.length > 0) yield held;
    },
  };
}

/** Dense in the first hours, thin after a day. */
const timeOf = ({ incident }: Invented, at: number, of: number): number =>
  incident.firstPostAt + Math.round((at / of) ** 2 * 40 * HOUR);

function* postsOf(invented: Invented, count: number): Generator<FoldedPost> {
  const { incident, kind, place, region, answeredAt } = invented;
  const dice = seededDice([...incident.id].reduce((sum, sign) => sum * 31 + sign.charCodeAt(0), 7) & 0x7fff_ffff);
  const named = (text: string): string => text.replaceAll('{place}', place);
  for (let at = 0; at < count; at++) {
    const time = timeOf(invented, at, count);
    const answered = answeredAt !== null && time > answeredAt;
    const roll = dice();
    const claim = incident.claim?.text;
    const said = named(kind.says[at % kind.says.length]!);
    const text =
      answered && roll < 0.55
        ? `转：${named(kind.answer)}`
        : claim !== undefined && roll < (answered ? 0.62 : 0.7)
          ? claim
          : said;
    // Half are copies of what was said just before.
    const copyOf = at > 4 && dice() < 0.5 ? postId(incident.id, at - (at % 4) - 1) : undefined;
    yield inventedPost({
      ...{ id: postId(incident.id, at), group: copyOf ?? postId(incident.id, at), time, region, at },
      ...{ text: copyOf === undefined ? `${text}（${at}）` : text, tokens: [...kind.terms, place] },
      ...{ need: roll < 0.3 ? null : kind.need, urgent: incident.lifeAtRisk && dice() < 0.2, duty: kind.duty },
      sentiment: answered && dice() < 0.5 ? 'neutral' : dice() < 0.6 ? 'negative' : 'neutral',
    });
  }
}

function chatterAt(week: Week, at: number, dice: () => number): FoldedPost {
  const day = Math.floor(dice() * 7);
  const hour = 7 + Math.floor(dice() * 16);
  const place = dice();
  const id = `chat-${at}` as PostId;
  return inventedPost({
    ...{ id, at, text: `${CHATTER[at % CHATTER.length]!}（${at}）`, tokens: ['今天'], duty: [], urgent: false },
    group: at > 20 && dice() < 0.35 ? (`chat-${at - 7}` as PostId) : id,
    time: week.from + day * 24 * HOUR + hour * HOUR + Math.floor(dice() * HOUR),
    region:
      place < 0.4 ? null : regionCode(place < 0.45 ? '410300' : COUNTIES[Math.floor(dice() ** 1.6 * COUNTIES.length)]!),
    need: dice() < 0.1 ? NEEDS[Math.floor(dice() * NEEDS.length)]! : null,
    sentiment: dice() < 0.25 ? 'negative' : dice() < 0.7 ? 'neutral' : 'positive',
  });
}

interface Said extends Pick<FoldedPost, 'id' | 'group' | 'text' | 'time' | 'tokens' | 'duty'> {
  readonly at: number;
  readonly region: RegionCode | null;
  readonly need: NeedKind | null;
  readonly urgent: boolean;
  readonly sentiment: Sentiment;
}

function inventedPost({ at, region, need, urgent, sentiment, ...post }: Said): FoldedPost {
  return {
    ...{ platform: PLATFORMS[at % PLATFORMS.length]!, nativeId: post.id, kind: 'post', seenAt: post.time + 60_000 },
    ...{ source: INVENTED_SOURCES[at % INVENTED_SOURCES.length]!, because: [], signature: new Uint32Array(0) },
    region:
      region === null ? null : { code: region, name: region, confidence: 1, candidates: [{ code: region, weight: 1 }] },
    sentiment: { label: sentiment, score: 0.5, mood: 'neutral' },
    rumor: { score: 0.1, needsCheck: false },
    need: { kind: need, urgent, lifeAtRisk: false, score: 0.5 },
    ...post,
  };
}
