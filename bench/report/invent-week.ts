import type { CaseDraft } from '../../pipelines/domain/case-event.ts';
import type { Incident, IncidentId, SpreadStep } from '../../pipelines/domain/incident.ts';
import type { PostId } from '../../pipelines/domain/post.ts';
import { regionCode, type RegionCode } from '../../pipelines/domain/region.ts';
import { TIERS } from '../../pipelines/domain/tier.ts';
import { weekBefore, type Week } from '../../pipelines/domain/week.ts';
import { INVENTED_KINDS, type InventedKind } from './invented-kinds.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const DAY = 24 * HOUR;

/** Real streets of a real city; everything that happens in them is invented. */
const PLACES = [
  ['410327102', '柳泉镇', 'yiyang'],
  ['410305010', '珠江路街道', 'jianxi'],
  ['410311002', '开元路街道', 'luolong'],
  ['410329103', '彭婆镇', 'yichuan'],
  ['410303003', '西工街道', 'xigong'],
  ['410307103', '翟镇镇', 'yanshi'],
  ['410308102', '平乐镇', 'mengjin'],
  ['410323104', '铁门镇', 'xinan'],
  ['410304002', '瀍西街道', 'chanhe'],
  ['410325101', '田湖镇', 'songxian'],
  ['410302006', '南关街道', 'laocheng'],
  ['410326104', '三屯镇', 'ruyang'],
  ['410328105', '兴华镇', 'luoning'],
] as const;

export interface Invented {
  readonly incident: Incident;
  readonly kind: InventedKind;
  readonly place: string;
  readonly region: RegionCode;
  /** When the first answer was published, epoch ms; null: never. */
  readonly answeredAt: number | null;
  readonly acts: readonly CaseDraft[];
  readonly minutes: number;
}

/** Always the same numbers, 0…1. */
export function seededDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state / 0x8000_0000;
  };
}

/** Incidents of the week and of the eight before it, each with its file. */
export function inventIncidents(week: Week, perWeek: number, posts: number): readonly Invented[] {
  const dice = seededDice(20_261_128);
  return Array.from({ length: 9 }, (_, back) => 8 - back).flatMap((back) => {
    const own = weekBefore(week, back);
    const count = back === 0 ? perWeek : Math.max(1, Math.round(perWeek * (0.7 + 0.3 * dice())));
    return Array.from({ length: count }, (__, at) => inventIncident(own, at, back, dice, (posts * 0.5) / perWeek));
  });
}

function inventIncident(week: Week, at: number, back: number, dice: () => number, size: number): Invented {
  const kind = INVENTED_KINDS[at % INVENTED_KINDS.length]!;
  const [code, place, account] = PLACES[(at * 5 + back) % PLACES.length]!;
  const region = regionCode(code);
  const id = `w${back}-${at}` as IncidentId;
  const named = (text: string): string => text.replaceAll('{place}', place);
  const openedAt = week.from + Math.floor(dice() * 6.4 * DAY);
  const rank = dice() < 0.05 ? 4 : dice() < 0.2 ? 3 : dice() < 0.5 ? 2 : dice() < 0.95 ? 1 : 0;
  const rung = TIERS[rank];
  const bottom = Math.min(rank, 1);
  const steps = TIERS.slice(bottom, rank + 1).map((to, step): SpreadStep => ({
    ...{ from: step === 0 ? null : TIERS[bottom + step - 1]!, to, at: openedAt + Math.round(step * step * 1.7 * HOUR) },
    ...{ because: ['不同地方的人都在说'], evidence: [] },
  }));
  const late = dice() < 0.15;
  const silent = dice() < (back === 0 ? 0.12 : back < 3 ? 0.03 : 0);
  const minutes = kind.lifeAtRisk === true ? 15 : 48 * 60;
  const after =
    kind.lifeAtRisk === true ? 10 * MINUTE : Math.round((late ? 50 + 20 * dice() : 0.6 + 9 * dice()) * HOUR);
  const answeredAt = silent ? null : openedAt + after;
  const distinct = Math.max(6, Math.round(size * (0.3 + 0.4 * dice())));
  const curve = Array.from({ length: 48 }, (_, hour) => ({
    at: openedAt - (openedAt % HOUR) + hour * HOUR,
    raw: Math.round((distinct * 2 * shapeOf(hour)) / SHAPES),
    distinct: Math.round((distinct * shapeOf(hour)) / SHAPES),
  }));
  const claim = kind.claim === undefined ? undefined : named(kind.claim);
  const incident: Incident = {
    ...{
      id,
      title: named(kind.title),
      region,
      regionName: `河南省洛阳市${place}`,
      rung,
      heat: 20 + rank * 12 + dice() * 20,
    },
    ...{ terms: kind.terms, kind: kind.kind, need: kind.need, duty: kind.duty, urgent: kind.lifeAtRisk === true },
    ...{ lifeAtRisk: kind.lifeAtRisk === true, rumor: claim === undefined ? 0.1 : 0.8 },
    ...{ firstPostAt: openedAt - 4 * MINUTE, openedAt, lastPostAt: openedAt + 47 * HOUR },
    ...{
      count: distinct,
      copies: distinct * 2,
      steps,
      state: back === 0 && openedAt > week.to - DAY ? 'open' : 'cooled',
    },
    burst: {
      ...{ raw: distinct * 2, distinct, authorShare: 0.8, copyShare: 0.5, intervalEntropy: 0.8, newcomerShare: 0.3 },
      ...{ directShare: null, looksCoordinated: false, because: [], curve },
    },
    ...(claim === undefined
      ? {}
      : {
          claim: {
            ...{ text: claim, post: postId(id, 0), firstAt: openedAt - 4 * MINUTE, posts: Math.round(distinct / 2) },
            ...{ variants: [], curve: [] },
          },
        }),
    ...(back === 0 && dice() < 0.1 && rank < 4
      ? { forecast: { to: TIERS[rank + 1]!, within: 6, probability: 0.4, base: 0.12, n: 400 } }
      : {}),
  };
  const acts = actsOf({
    kind,
    openedAt,
    answeredAt,
    local: account,
    claim,
    text: named(kind.answer),
    old: back > 1,
    dice,
  });
  return { incident, kind, place, region, answeredAt, acts, minutes };
}

/** Rises in six hours and ebbs in a day. */
const shapeOf = (hour: number): number => (hour < 6 ? (hour + 1) / 6 : Math.exp(-(hour - 6) / 9));
const SHAPES = Array.from({ length: 48 }, (_, hour) => shapeOf(hour)).reduce((a, b) => a + b, 0);

/** A post of an incident by its place in line. */
export const postId = (incident: string, at: number): PostId => `${incident}-p${at}` as PostId;

interface Acting {
  readonly kind: InventedKind;
  readonly openedAt: number;
  readonly answeredAt: number | null;
  readonly local: string;
  readonly claim: string | undefined;
  readonly text: string;
  readonly old: boolean;
  readonly dice: () => number;
}

function actsOf({ kind, openedAt, answeredAt, local, claim, text, old, dice }: Acting): readonly CaseDraft[] {
  const duty = { kind: 'person', id: 'duty', name: '值守' } as const;
  const second = { kind: 'person', id: 'second', name: '复核' } as const;
  const rule = { kind: 'rule', rule: 'watch' } as const;
  const acts: CaseDraft[] = [
    {
      act: 'raised',
      at: openedAt,
      by: rule,
      starts: { firstPost: openedAt - 4 * MINUTE, firstSeen: openedAt },
      suggested: local,
    },
    { act: 'acknowledged', at: openedAt + 6 * MINUTE, by: duty },
    {
      act: 'assigned',
      at: openedAt + 9 * MINUTE,
      by: duty,
      account: kind.account,
      mode: dice() < 0.7 ? 'assign' : 'transfer',
    },
  ];
  if (dice() < 0.05)
    acts.push({
      act: 'refused',
      at: openedAt + 30 * MINUTE,
      by: duty,
      account: kind.account,
      next: local,
      why: '不在职责内',
    });
  if (answeredAt === null) return acts;
  if (claim !== undefined) {
    acts.push({
      ...{
        act: 'claimDrafted',
        at: answeredAt - 12 * MINUTE,
        by: duty,
        claim,
        text,
        evidence: [],
        sources: ['主管部门值班记录'],
      },
      draft: { claim, finding: 'untrue', sources: [], sentences: [] },
    });
    acts.push({ act: 'claimConfirmed', at: answeredAt - 5 * MINUTE, by: second, draft: acts.length });
  }
  const answered = { act: 'answered', at: answeredAt + MINUTE, by: duty } as const;
  acts.push({ ...answered, word: { account: kind.account, text, publishedAt: answeredAt } });
  const of = acts.length;
  if (dice() < 0.6)
    acts.push({
      act: 'relayed',
      at: answeredAt + 45 * MINUTE,
      by: duty,
      of,
      word: { account: local, text, publishedAt: answeredAt + 45 * MINUTE },
    });
  for (let at = 0; at < Math.floor(dice() * 4); at++)
    acts.push({ act: 'citizenSaid', at: answeredAt + (12 + at) * HOUR, by: { kind: 'citizen' }, solved: dice() < 0.7 });
  if (old || dice() < 0.7)
    acts.push({
      act: 'closed',
      at: answeredAt + 30 * HOUR,
      by: duty,
      outcome: claim !== undefined ? 'untrue' : dice() < 0.6 ? 'solved' : 'explained',
    });
  return acts;
}
