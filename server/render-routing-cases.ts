import { said } from '../pipelines/5-respond/set-clock.ts';
import type { AnswerCase } from '../pipelines/domain/suggestion.ts';
import { TIER_NAMES } from '../pipelines/domain/tier.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';
import type { JudgedGroup, JudgedRow } from './routing-cases.ts';

const SHANGHAI = 8 * 3_600_000;
const DAYS = ['周四', '周五', '周六', '周日', '周一', '周二', '周三'];
const DAY = 86_400_000;

/** The whole table as a page a duty officer reads: what happened, who answers, why. Markdown. */
export function renderRoutingCases(groups: readonly JudgedGroup[], names: RegionNames): string {
  const n = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const lines = [
    '# 谁来答：用例表',
    '',
    `共${n}例，按规则写成，每例一句话说明为什么。由 \`npm run routing-cases\` 生成，请勿手改；要加一例，改 test/golden/routing.json，`,
    '或写进本单位数据目录里的 routing-cases.json（格式见 [matrix.md](matrix.md)），`wenbida check` 会逐例核对。账号均为虚构，区划代码为真实代码。',
    '',
  ];
  let number = 0;
  for (const { group, rows, matrix } of groups) {
    lines.push(`## ${group}`, '', '| 例 | 为什么 | 事情 | 由谁先答 | 随后 | 时限 |', '|---|---|---|---|---|---|');
    for (const row of rows) {
      const name = (id: string): string => matrix.byId.get(id)?.name ?? id;
      const cells = [
        String(++number),
        row.row.why,
        caseWords(row.theCase, names, name),
        firstWords(row, names, name),
        thenWords(row, name),
        said(row.suggestion.clock.minutes),
      ];
      lines.push(`| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`);
    }
    lines.push('');
  }
  return lines.join('\n');
}

type Name = (id: string) => string;

function firstWords({ suggestion }: JudgedRow, names: RegionNames, name: Name): string {
  if (suggestion.first !== null) return `**${name(suggestion.first)}**`;
  if (suggestion.outside !== null) return `不归我们，属${names.regionName(suggestion.outside) || suggestion.outside}`;
  return '需由人指定或上报';
}

function thenWords({ row }: JudgedRow, name: Name): string {
  const say = (line: string): string =>
    `${line.slice(0, line.indexOf(' '))}：${name(line.slice(line.indexOf(' ') + 1))}`;
  const then = (row.then ?? []).map(say);
  const never = (row.never ?? []).map((line) => `不${say(line)}`);
  return [...then, ...never].join('；') || '—';
}

function caseWords(theCase: AnswerCase, names: RegionNames, name: Name): string {
  const {
    text,
    region,
    regions = [],
    place,
    duty,
    kind,
    urgent,
    spread,
    answeredBy,
    alsoAnswered = [],
    missing = [],
    contradicts,
    overdue,
    tookOver = [],
    handedTo,
    refusals = [],
    grade,
    at,
    nationalPolicy,
  } = theCase;
  const where = regions.length > 1 ? regions : region === null ? [] : [region];
  const words = [
    where.length === 0 ? '地点不明' : where.map((code) => names.regionName(code) || code).join('、'),
    ...(place === undefined ? [] : [`地点${place}`]),
    duty.length === 0 ? '主管不明' : duty.join('、'),
    `${urgent ? '紧急' : ''}${kind}`,
    `影响到${TIER_NAMES[spread]}`,
    ...(text === undefined ? [] : [`“${text}”`]),
    ...(grade === undefined ? [] : [`定级${grade}`]),
    ...(nationalPolicy === true ? ['涉国务院重大政策'] : []),
    ...(at === undefined ? [] : [whenWords(at)]),
    ...(answeredBy === undefined ? [] : [`${name(answeredBy)}已答`]),
    ...(alsoAnswered.length === 0 ? [] : [`${alsoAnswered.map(name).join('、')}也已发声`]),
    ...(missing.length === 0 ? [] : [`缺${missing.join('、')}`]),
    ...(contradicts === undefined || contradicts === false
      ? []
      : [contradicts === true ? '与已知事实不一致' : `与${name(contradicts)}的说法不一致`]),
    ...(handedTo === undefined ? [] : [`已交${name(handedTo)}`]),
    ...refusals.map(
      ({ account, next, why }) =>
        `${name(account)}退回${why === undefined ? '' : `（${why}）`}${next === undefined ? '，没有指明下一家' : `，指明${name(next)}`}`,
    ),
    ...(overdue === true ? ['已逾期'] : []),
    ...(tookOver.length === 0 ? [] : [`${tookOver.map(name).join('、')}接管后也已逾期`]),
  ];
  return words.join('，');
}

const whenWords = (at: number): string =>
  `${DAYS[Math.floor((at + SHANGHAI) / DAY) % 7] ?? ''}${new Date(at + SHANGHAI).toISOString().slice(11, 16)}`;
