import type { Block, Evidence, Tile } from '../../../pipelines/domain/report.ts';
import { FG, frame, HAIR, INK, opens, rect, round, RUNG, text } from './svg.ts';

const MOOD: Readonly<Record<string, string>> = { 负面: '#9c4a2f', 中性: '#d9dbdc', 正面: '#2f6f93' };

type Bars = Extract<Block, { kind: 'bars' }>;

/** Where a bar leads; a drawing on paper leads nowhere. */
type HrefOf = (evidence: Evidence) => string;

/** With `href` each bar is a link to what it rests on. */
export function drawBars(bars: Bars, href?: HrefOf): string {
  return bars.lying ? drawLying(bars, href) : drawStanding(bars, href);
}

/** One bar, as a link where it may be one. */
function bar(
  { series, categories, evidence, share }: Bars,
  part: number,
  at: number,
  inside: string,
  href: HrefOf | undefined,
): string {
  const { name, values, evidence: own } = series[part]!;
  const value = values[at] ?? 0;
  if (href === undefined || value === 0) return inside;
  const said = share ? `${Math.round(value * 100)}%` : short(value);
  return opens(href(own?.[at] ?? evidence), `${categories[at]}，${name}${said}`, inside);
}

const WIDTH = 330;
const HEIGHT = 180;

function drawStanding(bars: Bars, href: HrefOf | undefined): string {
  const { categories, series, share, atLeast, says } = bars;
  const totals = categories.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const most = share ? 1 : Math.max(1, ...totals);
  const left = 4;
  const step = (WIDTH - left - 64) / categories.length;
  const base = HEIGHT - 22;
  const high = base - (atLeast.length > 0 ? 38 : 26);
  const parts: string[] = [`<path d="M${left} ${base}H${WIDTH - 60}" stroke="${HAIR}"/>`];
  for (const [n, { name }] of series.entries())
    parts.push(text(WIDTH - 56, base - ((n + 0.5) * high) / series.length + 4, name));
  for (const [at, name] of categories.entries()) {
    const x = left + at * step + 4;
    let y = base;
    for (const [n, { values, name: part, tone }] of series.entries()) {
      const height = ((values[at] ?? 0) / most) * high;
      const fill = tone === 'mood' ? (MOOD[part] ?? INK[0]) : INK[n % INK.length]!;
      const drawn = [rect(x, y - height, step - 8, Math.max(0, height - 0.8), fill)];
      if (share && height > 16 && part !== '中性')
        drawn.push(
          `<text x="${round(x + (step - 8) / 2)}" y="${round(part === '负面' ? y - 5 : y - height + 13)}" font-size="12" fill="#fff" text-anchor="middle">${Math.round((values[at] ?? 0) * 100)}</text>`,
        );
      parts.push(bar(bars, n, at, drawn.join(''), href));
      y -= height;
    }
    if (!share && atLeast.includes(at)) {
      // What a silent source would have brought stands above, hatched: it is not known, and not nothing.
      parts.push(...hatched(x, y - 12, step - 8, 11));
      y -= 12;
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
    href === undefined ? 'img' : 'group',
  );
}

function hatched(x: number, y: number, width: number, height: number): string[] {
  const lines: string[] = [];
  for (let at = -height; at < width; at += 5) {
    const [from, until] = [Math.max(0, at), Math.min(width, at + height)];
    lines.push(
      `M${round(x + from)} ${round(y + height - (from - at))}L${round(x + until)} ${round(y + height - (until - at))}`,
    );
  }
  return [
    `<path d="${lines.join('')}" stroke="${INK[1]}" stroke-width="0.7" fill="none"/>`,
    `<path d="M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z" stroke="${INK[1]}" stroke-width="0.7" stroke-dasharray="2 2" fill="none"/>`,
  ];
}

const short = (value: number): string =>
  value >= 10_000
    ? `${(value / 10_000).toFixed(1)}万`
    : value >= 1 || value === 0
      ? String(Math.round(value))
      : value.toFixed(2);

function drawLying(bars: Bars, href: HrefOf | undefined): string {
  const { categories, series, says } = bars;
  const values = series[0]?.values ?? [];
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const rows = categories
    .map((name, of) => ({ name, of, value: values[of] ?? 0, fill: RUNG[of % RUNG.length]! }))
    .reverse();
  const parts = rows.map(({ name, of, value, fill }, at) => {
    const y = at * 25;
    const width = Math.max(1.5, (value / most) * 380);
    const drawn = `${rect(170, y + 4, width, 17, fill)}<text x="${round(176 + width)}" y="${y + 17}" font-size="13" font-weight="bold" fill="${FG}">${value}</text>`;
    return `${text(0, y + 16, name)}${bar(bars, 0, of, drawn, href)}`;
  });
  return frame(
    674,
    rows.length * 25 + 4,
    `${says}：${rows.map(({ name, value }) => `${name} ${value}`).join('，')}`,
    parts.join(''),
    href === undefined ? 'img' : 'group',
  );
}

/** The weeks before as small dots and this one as a large one; gaps stay gaps. */
export function drawWeeks({ weeks, label }: Tile): string {
  const known = weeks.filter((value) => value !== null);
  const low = Math.min(...known);
  const range = Math.max(...known) - low;
  const place = (value: number): number => (range === 0 ? 13 : 21 - ((value - low) / range) * 16);
  const xOf = (at: number): number => 3 + (at * 99) / Math.max(1, weeks.length - 1);
  const lines = weeks.flatMap((value, at) => {
    const before = weeks[at - 1];
    return value === null || before === null || before === undefined
      ? []
      : [
          `<path d="M${round(xOf(at - 1))} ${round(place(before))}L${round(xOf(at))} ${round(place(value))}" stroke="${INK[2]}" fill="none"/>`,
        ];
  });
  const parts = weeks.flatMap((value, at) => {
    if (value === null) return [];
    const x = xOf(at);
    const last = at === weeks.length - 1;
    return [
      `<circle cx="${round(x)}" cy="${round(place(value))}" r="${last ? 3.6 : 1.8}" fill="${last ? FG : INK[1]}"/>`,
    ];
  });
  return frame(108, 26, `${label}，此前各周与本周`, [...lines, ...parts].join(''));
}
