import type { FoldedPost, NeedKind, PostId } from '../../pipelines/domain/post.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import type { RegionNames } from '../../pipelines/ports/region-names.ts';
import { signatureOf } from '../../pipelines/1-intake/signature.ts';

let serial = 0;

/** Monday 2 November 2026, 08:00 in Shanghai. */
export const MONDAY = Date.UTC(2026, 10, 2, 0, 0, 0);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export interface PostSeed extends Partial<Omit<FoldedPost, 'region' | 'need' | 'rumor' | 'sentiment'>> {
  /** Words with blanks between them: they become text and tokens. */
  readonly words?: string;
  /** A division code, with its path in words where the test looks at it. */
  readonly at?: string;
  readonly in?: string;
  readonly need?: NeedKind | null;
  readonly lifeAtRisk?: boolean;
  readonly needsCheck?: boolean;
  readonly negative?: boolean;
}

/** A folded post that says only what the test is about. */
export function aPost(seed: PostSeed = {}): FoldedPost {
  const {
    words = '今天 天气 不错',
    at,
    in: name = '',
    need = null,
    lifeAtRisk = false,
    needsCheck = false,
    negative = false,
    ...rest
  } = seed;
  const id = rest.id ?? (`post-${++serial}` as PostId);
  const text = rest.text ?? words.replaceAll(' ', '');
  const code = at === undefined ? null : regionCode(at);
  return {
    id,
    platform: '微博',
    nativeId: id,
    kind: 'post',
    text,
    time: MONDAY,
    seenAt: MONDAY,
    source: '测试',
    tokens: words.split(' '),
    region: code === null ? null : { code, name, confidence: 0.9, candidates: [{ code, weight: 0.9 }] },
    sentiment: negative
      ? { label: 'negative', score: 0.1, mood: 'angry' }
      : { label: 'neutral', score: 0.5, mood: 'neutral' },
    rumor: { score: needsCheck ? 0.9 : 0.1, needsCheck },
    need: { kind: need, urgent: lifeAtRisk, lifeAtRisk, score: need === null ? 0.1 : 0.9 },
    duty: [],
    because: [],
    signature: signatureOf(text),
    group: id,
    ...rest,
  };
}

/** Names that are the codes themselves. */
export const codesAsNames: RegionNames = {
  regionName: (code) => code,
  shortName: (code) => code,
  childrenOf: () => [],
};
