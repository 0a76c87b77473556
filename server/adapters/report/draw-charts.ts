import type { Block, IncidentCard, Tile } from '../../../pipelines/domain/report.ts';
import { sayTime } from '../../../pipelines/domain/shanghai-time.ts';
import { TIER_NAMES, tierRank } from '../../../pipelines/domain/tier.ts';
import { escapeText } from './escape-text.ts';

/** The drawings of a report as SVG: the same in HTML and PDF. Ink ramp for quantity, violet for rungs, green for answers (look). */
const INK = ['#4b5358', '#7f878c', '#b2b8bb', '#d5dadc', '#1b2024', '#e2e5e6'] as const;
const MOOD: Readonly<Record<string, string>> = { 负面: '#9c4a2f', 中性: '#d9dbdc', 正面: '#2f6f93' };
const RUNG = ['#a69fd1', '#8d84c2', '#766bab', '#5f5196', '#49357b', '#37235f'] as const;
const FG = '#1b2024';
const FG2 = '#454e55';
const HAIR = '#e0ddd5';
const DONE = '#146b50';

type Bars = Extract<Block, { kind: 'bars' }>;

const text = (x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end' = 'start', fill = FG2): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="12" fill="${fill}" text-anchor="${anchor}">${escapeText(words)}</text>`;
const round = (value: number): number => Math.round(value * 10) / 10;
const rect = (x: number, y: number, width: number, height: number, fill: string): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(0, width))}" height="${round(Math.max(0, height))}" fill="${fill}"/>`;
const frame = (width: number, height: number, label: string, inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(label)}" font-family="Noto">${inside}</svg>`;

export function drawBars(bars: Bars): string {
  return bars.lying ? drawLying(bars) : drawStanding(bars);
}

const WIDTH = 330;
const HEIGHT = 180;

function drawStanding({ categories, series, share, atLeast, says }: Bars): string {
  const totals = categories.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const most = share ? 1 : Math.max(1, ...totals);
  const left = 4;
  const step = (WIDTH - left - 64) / categories.length;
  const base = HEIGHT - 22;
  const high = base - 26;
  const parts: string[] = [`<path d="M${left} ${base}H${WIDTH - 60}" stroke="${HAIR}"/>`];
  for (const [n, { name }] of series.entries())
    parts.push(text(WIDTH - 56, base - ((n + 0.5) * high) / series.length + 4, name));
  for (const [at, name] of categories.entries()) {
    const x = left + at * step + 4;
    let y = base;
    for (const [n, { values, name: part, tone }] of series.entries()) {
      const height = ((values[at] ?? 0) / most) * high;
      const fill = tone === 'mood' ? (MOOD[part] ?? INK[0]) : INK[n % INK.length]!;
      parts.push(rect(x, y - height, step - 8, Math.max(0, height - 0.8), fill));
      if (share && height > 16 && part !== '中性')
        parts.push(
          `<text x="${round(x + (step - 8) / 2)}" y="${round(part === '负面' ? y - 5 : y - height + 13)}" font-size="12" fill="#fff" text-anchor="middle">${Math.round((values[at] ?? 0) * 100)}</text>`,
        );
      y -= height;
    }
    if (!share)
      parts.push(
        text(x + (step - 8) / 2, y - 5, `${atLeast.includes(at) ? '≥' : ''}${short(totals[at] ?? 0)}`, 'middle'),
      );
    parts.push(text(x + (step - 8) / 2, HEIGHT - 6, name, 'middle'));
  }
  return frame(
    WIDTH,
    HEIGHT,
    `${says}：${categories.map((name, at) => `${name} ${short(totals[at] ?? 0)}`).join('，')}`,
    parts.join(''),
  );
}

const short = (value: number): string =>
  value >= 10_000
    ? `${(value / 10_000).toFixed(1)}万`
    : value >= 1 || value === 0
      ? String(Math.round(value))
      : value.toFixed(2);

function drawLying({ categories, series, says }: Bars): string {
  const values = series[0]?.values ?? [];
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const rows = categories
    .map((name, at) => ({ name, value: values[at] ?? 0, fill: RUNG[at % RUNG.length]! }))
    .reverse();
  const parts = rows.map(({ name, value, fill }, at) => {
    const y = at * 25;
    const width = Math.max(1.5, (value / most) * 380);
    return `${text(0, y + 16, name)}${rect(170, y + 4, width, 17, fill)}<text x="${round(176 + width)}" y="${y + 17}" font-size="13" font-weight="bold" fill="${FG}">${value}</text>`;
  });
  return frame(
    674,
    rows.length * 25 + 4,
    `${says}：${rows.map(({ name, value }) => `${name} ${value}`).join('，')}`,
    parts.join(''),
  );
}

/** The weeks before as small dots and this one as a large one; gaps stay gaps. */
export function drawWeeks({ weeks, label }: Tile): string {
  const known = weeks.filter((value) => value !== null);
  const low = Math.min(...known);
  const range = Math.max(...known) - low;
  const place = (value: number): number => (range === 0 ? 13 : 21 - ((value - low) / range) * 16);
  const parts = weeks.flatMap((value, at) => {
    if (value === null) return [];
    const x = 3 + (at * 99) / Math.max(1, weeks.length - 1);
    const last = at === weeks.length - 1;
    return [
      `<circle cx="${round(x)}" cy="${round(place(value))}" r="${last ? 3.6 : 1.8}" fill="${last ? FG : INK[1]}"/>`,
    ];
  });
  return frame(108, 26, `${label}，此前各周与本周`, parts.join(''));
}

/** One incident: distinct posts an hour in grey, the steps it climbed, answers as ticks. */
export function drawCard({ curve, marks, title }: IncidentCard): string {
  const times = [...curve.map(({ at }) => at), ...marks.map(({ at }) => at)];
  const from = Math.min(...times);
  const to = Math.max(...times, from + 3_600_000);
  const x = (time: number): number => 44 + ((time - from) / (to - from)) * 620;
  const steps = marks.filter(({ kind }) => kind === 'step');
  const rungs = [...new Set(marks.map(({ tier }) => tier))].sort((a, b) => tierRank(b) - tierRank(a));
  const y = (tier: (typeof rungs)[number]): number => 24 + rungs.indexOf(tier) * 30;
  const base = 24 + rungs.length * 30 + 18;
  const most = Math.max(1, ...curve.map(({ distinct }) => distinct));
  const parts: string[] = rungs.map(
    (tier) => `<path d="M44 ${y(tier)}H664" stroke="${HAIR}"/>${text(0, y(tier) + 4, TIER_NAMES[tier])}`,
  );
  if (curve.length > 1) {
    const line = curve
      .map(({ at, distinct }) => `${round(x(at))} ${round(base - (distinct / most) * (base - 34))}`)
      .join('L');
    parts.push(
      `<path d="M${round(x(curve[0]!.at))} ${base}L${line}L${round(x(curve.at(-1)!.at))} ${base}Z" fill="#e9ebeb" stroke="${INK[1]}"/>`,
    );
  }
  parts.push(`<path d="M44 ${base}H664" stroke="#8b8980"/>`);
  for (const [at, step] of steps.entries()) {
    const until = steps[at + 1]?.at ?? to;
    parts.push(
      `<path d="M${round(x(step.at))} ${y(step.tier)}H${round(x(until))}" stroke="${FG}" stroke-width="2.4"/>`,
    );
    const before = steps[at - 1];
    if (before !== undefined)
      parts.push(
        `<path d="M${round(x(step.at))} ${y(before.tier)}V${y(step.tier)}" stroke="${RUNG[tierRank(step.tier)]!}" stroke-width="3"/>`,
      );
  }
  for (const mark of marks.filter(({ kind }) => kind === 'answer'))
    parts.push(
      `<circle cx="${round(x(mark.at))}" cy="${y(mark.tier)}" r="6" fill="${DONE}"/>${text(Math.min(x(mark.at), 520), y(mark.tier) - 9, mark.text, 'start', DONE)}`,
    );
  parts.push(text(44, base + 15, sayTime(from)), text(664, base + 15, sayTime(to), 'end'));
  return frame(674, base + 20, `${title}的帖量、台阶与回应时刻`, parts.join(''));
}
