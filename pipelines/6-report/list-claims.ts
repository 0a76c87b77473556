import type { Section } from '../domain/report.ts';
import type { ClaimFacts, WeekFacts } from './facts.ts';
import { count, dayAndTime, percent, span, word } from './say.ts';

const STATUS: Readonly<Record<ClaimFacts['status'], string>> = {
  needsCheck: '待核实',
  suggested: '待核实（有建议匹配）',
  confirmed: '已由人确认有辟谣',
  untrue: '核实为不实',
  true: '核实为属实',
};

/** 辟谣: each claim, where its check stands, and whether the correction reached as far. What nobody has checked stays 待核实. */
export function listClaims(facts: WeekFacts): Section {
  return {
    id: 'claims',
    title: '传言与辟谣',
    blocks: [
      {
        kind: 'table',
        caption: '触达为去重帖数；残留为更正后24时仍在转述的占比',
        columns: ['说法', '首见', '核查', '依据', '更正', '触达', '更正触达', '残留'],
        rows: facts.claims.map((claim) => {
          const own = { incidents: [claim.incident.id] };
          return [
            word(claim.claim, own),
            word(dayAndTime(claim.firstAt)),
            word(STATUS[claim.status]),
            word(claim.source ?? '—'),
            word(
              claim.correctedAt === null
                ? '—'
                : `${dayAndTime(claim.correctedAt)}，${span(claim.correctedAt - claim.firstAt)}后`,
            ),
            count(claim.reach, own),
            claim.correctionReach === null ? word('—') : count(claim.correctionReach, own),
            word(claim.residual24h === null ? '帖太少' : percent(claim.residual24h)),
          ];
        }),
        empty: '本周没有传言',
      },
      { kind: 'comment', slot: 'claims' },
    ],
  };
}
