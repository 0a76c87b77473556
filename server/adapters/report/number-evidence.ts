import type { Block, Evidence, Question, Report } from '../../../pipelines/domain/report.ts';

/** One entry of the index of evidence at a report's end. */
export interface Proof {
  readonly number: number;
  readonly evidence: Evidence;
  readonly says: string;
  /** Where a page of the running server shows it. */
  readonly href: string;
}

export interface Proofs {
  /** What the report refers to by number. */
  readonly all: readonly Proof[];
  of(evidence: Evidence): Proof;
  /** Where a figure of a table leads: the figure is the link, so it has no number. */
  href(evidence: Evidence): string;
}

const iso = (time: number): string => new Date(time).toISOString();

/** Numbers what a report refers to, in reading order; the same evidence keeps one number. `base` ends with a slash. */
export function numberEvidence(report: Report, base: string): Proofs {
  const byKey = new Map<string, Proof>();
  for (const { blocks } of report.sections)
    for (const block of blocks)
      for (const evidence of evidenceOf(block)) {
        const key = JSON.stringify(evidence);
        if (!byKey.has(key))
          byKey.set(key, { number: byKey.size + 1, evidence, says: shortOf(evidence), href: hrefOf(evidence, base) });
      }
  return {
    all: [...byKey.values()],
    of: (evidence) => byKey.get(JSON.stringify(evidence))!,
    href: (evidence) => hrefOf(evidence, base),
  };
}

function evidenceOf(block: Block): Evidence[] {
  switch (block.kind) {
    case 'sentences':
      return block.items.map(({ evidence }) => evidence);
    case 'tiles':
      return block.items.map(({ evidence }) => evidence);
    case 'bars':
      return [block.evidence];
    case 'card':
      return [
        block.card.evidence,
        ...block.card.voices.map(({ evidence }) => evidence),
        ...block.card.next.map(({ evidence }) => evidence),
      ];
    case 'table':
    case 'note':
    case 'comment':
      return [];
  }
}

const QUESTIONS: Readonly<Record<Question['of'], string>> = {
  posts: '帖文检索',
  incidents: '事件列表',
  sources: '数据源页',
  refutations: '辟谣页',
  handoffs: '交办台账',
  accounts: '矩阵账号',
  dates: '日历',
};

const LISTED = 4;

/** In a line of the index: the first few by name, the others by number; the link opens all. */
const shortOf = (evidence: Evidence): string => saysOf(evidence, LISTED);

/** What an evidence names, every id of it unless told otherwise. */
export function saysOf({ incidents, posts, question }: Evidence, most = Infinity): string {
  const list = (ids: readonly string[]): string => `${ids.slice(0, most).join('、')}${ids.length > most ? '…' : ''}`;
  return [
    ...(incidents.length === 0 ? [] : [`事件${incidents.length}起：${list(incidents)}`]),
    ...(posts.length === 0 ? [] : [`帖文${posts.length}条：${list(posts.map((id) => id.slice(0, 12)))}`]),
    ...(question === undefined
      ? []
      : [
          `${QUESTIONS[question.of]}${Object.entries(question)
            .filter(([key]) => !['of', 'from', 'to'].includes(key))
            .map(([, value]) => `，${String(value)}`)
            .join('')}`,
        ]),
  ].join('；');
}

function hrefOf({ incidents, posts, question }: Evidence, base: string): string {
  const [only] = incidents;
  if (question?.of === 'posts') {
    const { of: _, from, to, ...filters } = question;
    return `${base}search?${new URLSearchParams({ from: iso(from), to: iso(to), ...filters }).toString()}`;
  }
  if (only !== undefined && incidents.length === 1) return `${base}wall#/incident/${encodeURIComponent(only)}`;
  if (posts.length > 0) return `${base}search?${new URLSearchParams({ ids: posts.slice(0, 50).join(',') }).toString()}`;
  switch (question?.of) {
    case 'sources':
      return `${base}sources`;
    case 'refutations':
      return `${base}refutations`;
    case 'handoffs':
      return `${base}handoffs`;
    case 'accounts':
      return `${base}matrix`;
    default:
      return `${base}wall#/incidents`;
  }
}
