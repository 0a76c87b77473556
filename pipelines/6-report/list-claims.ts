import type { Cell, Section } from '../domain/report.ts';
import type { ClaimFacts, EchoFacts, ReachFacts, WeekFacts } from './facts.ts';
import { count, grouped, momentOf, percent, say, span, word } from './say.ts';

const STATUS: Readonly<Record<ClaimFacts['status'], string>> = {
  needsCheck: '待核实',
  untrue: '核实为不实',
  partly: '部分不实',
  true: '核实为属实',
};

/** 辟谣: each claim, where its check stands, and whether the correction reached as far. What nobody has checked stays 待核实. */
export function listClaims(facts: WeekFacts): Section {
  const { week } = facts;
  const claims = [...facts.claims].sort((a, b) => b.firstAt - a.firstAt || (a.incident.id < b.incident.id ? -1 : 1));
  const least = claims.find(({ echo }) => echo !== null)?.echo?.least;
  return {
    id: 'claims',
    title: '传言与辟谣',
    blocks: [
      {
        kind: 'table',
        caption: `触达为去重帖数/含重复的帖数；更正触达为引用答复或否认传言的帖；残留为更正24时后一天内仍在转述或追问的占比${least === undefined ? '' : `，不足${least}帖写“样本不足”`}`,
        columns: ['说法', '首见', '核查', '依据', '更正', '传言触达', '更正触达', '残留'],
        widths: [24, 10, 10, 13, 14, 11, 11, 11],
        rows: claims.map((claim) => {
          const own = { incidents: [claim.incident.id] };
          const { echo } = claim;
          return [
            word(claim.claim, own),
            word(momentOf(claim.firstAt, week)),
            word(STATUS[claim.status]),
            word(claim.source ?? '—'),
            word(
              claim.correctedAt === null
                ? '—'
                : `${momentOf(claim.correctedAt, week)}，${span(claim.correctedAt - claim.firstAt)}后`,
            ),
            echo === null ? count(claim.reach, own) : reach(echo.claim, echo, own),
            echo === null ? word('—') : reach(echo.correction, echo, own),
            echo === null || claim.correctedAt === null ? word('—') : residual(echo, own),
          ];
        }),
        empty: '本周没有传言',
      },
      ...(claims.length === 0 ? [] : [{ kind: 'sentences' as const, items: [compared(claims, week)] }]),
      { kind: 'comment', slot: 'claims' },
    ],
  };
}

type Own = Parameters<typeof count>[1];

const reach = ({ distinct, posts }: ReachFacts, { cut }: EchoFacts, own: Own): Cell => ({
  ...count(distinct, own),
  text: `${cut ? '≥' : ''}${grouped(distinct)}/${grouped(posts)}`,
});

const residual = ({ late, least }: EchoFacts, own: Own): Cell =>
  late === null || late.share === null || late.n < least
    ? word(`样本不足，n=${late?.n ?? 0}`, own)
    : { ...count(Math.round(late.share * 100), own), text: `${percent(late.share)}，n=${late.n}` };

/** All corrected claims together: whether the corrections came as far. */
function compared(claims: readonly ClaimFacts[], { from, to }: WeekFacts['week']): ReturnType<typeof say> {
  const measured = claims.flatMap(({ incident, echo }) => (echo === null ? [] : [{ incident: incident.id, echo }]));
  const question = { of: 'refutations', from, to } as const;
  if (measured.length === 0) return say('还没有更正过的传言可比触达。', { question });
  const told = measured.reduce((sum, { echo }) => sum + echo.claim.distinct, 0);
  const corrected = measured.reduce((sum, { echo }) => sum + echo.correction.distinct, 0);
  const further = measured.filter(({ echo }) => echo.correction.distinct >= echo.claim.distinct).length;
  return say(
    `已更正的${measured.length}条，传言触达合计${grouped(told)}帖，更正触达合计${grouped(corrected)}帖；更正不少于传言的${further}条。`,
    { incidents: measured.map(({ incident }) => incident), question },
  );
}
