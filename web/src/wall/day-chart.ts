import { Chart, Filler, LineController, LineElement, LinearScale, PointElement, type Plugin } from 'chart.js';
import { hhmm } from '../ui/time-words.ts';
import { zh } from '../ui/zh.ts';
import { BUCKET, hourMarks, type DaySeries } from './day-series.ts';
import { boxesOf, type DayMark } from './mark-boxes.ts';

Chart.register(LineController, LineElement, LinearScale, PointElement, Filler);

export interface DayDrawing {
  readonly series: DaySeries;
  readonly usual: { readonly posts: number; readonly negative: number; readonly needs: number } | null;
  readonly marks: readonly DayMark[];
  /** Sources that are silent, and since when: totals after it are too low. */
  readonly gaps: readonly { readonly name: string; readonly from: number }[];
}

/** The three lanes share one time axis; each has its own scale from zero, so that none is drawn against another. */
const LANES = ['posts', 'negative', 'needs'] as const;
type Lane = (typeof LANES)[number];
const WEIGHTS: Readonly<Record<Lane, number>> = { posts: 2, negative: 1, needs: 1 };

interface Palette {
  readonly rem: number;
  readonly font: string;
  ink(name: string): string;
}

function paletteOf(element: Element): Palette {
  const root = getComputedStyle(document.documentElement);
  const style = getComputedStyle(element);
  return {
    rem: Number.parseFloat(root.fontSize),
    font: style.fontFamily,
    ink: (name) => style.getPropertyValue(`--${name}`).trim(),
  };
}

const lastOf = (series: DaySeries): number => series.last?.at ?? series.knownTo ?? series.to;

/** Draws the 24 h lines and keeps them current; `destroy` ends it. */
export class DayChart {
  readonly #canvas: HTMLCanvasElement;
  #chart: Chart<'line', { x: number; y: number }[]> | undefined;
  #rem = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  draw(drawing: DayDrawing): void {
    const palette = paletteOf(this.#canvas);
    if (this.#chart !== undefined && palette.rem !== this.#rem) this.destroy();
    this.#rem = palette.rem;
    const { data, scales } = configOf(drawing, palette);
    if (this.#chart === undefined) {
      this.#chart = new Chart(this.#canvas, {
        type: 'line',
        data,
        options: {
          animation: false,
          responsive: true,
          maintainAspectRatio: false,
          events: [],
          layout: { padding: { top: 3.1 * palette.rem, right: 0.9 * palette.rem, left: 0, bottom: 0 } },
          scales,
        },
        plugins: [overlay],
      });
      Reflect.set(this.#chart, 'wenbida', { drawing, palette });
      this.#chart.update('none');
      return;
    }
    Reflect.set(this.#chart, 'wenbida', { drawing, palette });
    this.#chart.data = data;
    this.#chart.options.scales = scales;
    this.#chart.update('none');
  }

  destroy(): void {
    this.#chart?.destroy();
    this.#chart = undefined;
  }
}

function configOf({ series, usual }: DayDrawing, { rem, font, ink }: Palette) {
  const line = (lane: Lane, colour: string, width: number, of: (point: DaySeries['points'][number]) => number) => ({
    yAxisID: lane,
    data: series.points
      .filter((point) => point.at <= lastOf(series))
      .map((point) => ({ x: point.at + BUCKET, y: of(point) })),
    borderColor: colour,
    borderWidth: width * rem,
    borderJoinStyle: 'round' as const,
    pointRadius: 0,
    tension: 0.25,
    cubicInterpolationMode: 'monotone' as const,
  });
  const flat = (lane: Lane, level: number) => ({
    yAxisID: lane,
    data: [
      { x: series.from, y: level },
      { x: series.to, y: level },
    ],
    borderColor: ink('fg-3'),
    borderWidth: 0.14 * rem,
    borderDash: [0.2 * rem, 0.7 * rem],
    pointRadius: 0,
  });
  const datasets = [
    {
      ...line('posts', ink('fg-1'), 0.3, (point) => point.posts),
      fill: { target: 'origin', above: 'rgb(240 242 241 / 0.07)' },
    },
    line('posts', ink('fg-3'), 0.13, (point) => point.raw),
    line('negative', ink('mood-neg'), 0.28, (point) => point.negative),
    line('needs', ink('need-help'), 0.28, (point) => point.needs),
    ...(usual === null ? [] : LANES.map((lane) => flat(lane, usual[lane]))),
  ];
  const most = (lane: Lane): number =>
    Math.max(4, usual?.[lane] ?? 0, ...series.points.map((point) => (lane === 'posts' ? point.raw : point[lane])));
  const lanes = Object.fromEntries(
    LANES.map((lane, i) => [
      lane,
      {
        type: 'linear' as const,
        stack: 'lanes',
        stackWeight: WEIGHTS[lane],
        weight: LANES.length - i,
        min: 0,
        max: most(lane) * 1.12,
        display: true,
        ticks: { display: false },
        border: { display: false },
        grid: {
          color: (at: { tick?: { value: number } }) => (at.tick?.value === 0 ? ink('hair') : 'transparent'),
          drawTicks: false,
        },
      },
    ]),
  );
  const x = {
    type: 'linear' as const,
    min: series.from,
    max: series.to,
    border: { display: false },
    grid: { display: false },
    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
      axis.ticks = hourMarks(series.from, series.to).map((value) => ({ value }));
    },
    ticks: {
      color: ink('fg-3'),
      font: { size: 2 * rem, family: font },
      padding: 0.2 * rem,
      maxRotation: 0,
      autoSkip: false,
      align: 'center' as const,
      callback: (value: number | string) => zh.hourMark(String(Number(hhmm(Number(value)).slice(0, 2)))),
    },
  };
  return { data: { datasets }, scales: { x, ...lanes } };
}

/** Hatches for what is not known, and the incidents' letters at the moment each was opened. */
const overlay: Plugin<'line'> = {
  id: 'overlay',
  afterDatasetsDraw(chart) {
    const held: unknown = Reflect.get(chart, 'wenbida');
    if (held === undefined) return;
    const { drawing, palette } = held as { drawing: DayDrawing; palette: Palette };
    const { ctx, chartArea: area } = chart;
    const axis = chart.scales['x'];
    if (axis === undefined) return;
    const { rem, ink, font } = palette;
    const { series } = drawing;
    const x = (at: number): number => Math.min(area.right, Math.max(area.left, axis.getPixelForValue(at)));
    ctx.save();
    if (series.knownFrom !== undefined) hatch(x(series.from), x(series.knownFrom), zh.notYet);
    if (series.knownTo !== undefined) hatch(x(series.knownTo), x(series.to), zh.noData);
    else for (const gap of drawing.gaps) hatch(x(Math.max(gap.from, series.from)), x(series.to), zh.missing(gap.name));

    for (const mark of drawing.marks) {
      const at = x(mark.at);
      ctx.strokeStyle = ink('fg-2');
      ctx.lineWidth = 0.14 * rem;
      ctx.setLineDash([0.2 * rem, 0.4 * rem]);
      ctx.beginPath();
      ctx.moveTo(at, area.top);
      ctx.lineTo(at, area.bottom);
      ctx.stroke();
    }
    ctx.setLineDash([]);
    ctx.font = `600 ${2 * rem}px ${font}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    const size = 2.5 * rem;
    const boxes = boxesOf(
      drawing.marks,
      x,
      (letters) => Math.max(size, ctx.measureText(letters).width + 1.1 * rem),
      area.right + 0.9 * rem,
    );
    for (const box of boxes) {
      ctx.fillStyle = ink('surface');
      ctx.strokeStyle = ink('fg-3');
      ctx.lineWidth = 0.16 * rem;
      ctx.beginPath();
      ctx.roundRect(box.left, area.top - size - 0.3 * rem, box.width, size, 0.5 * rem);
      ctx.fill();
      ctx.stroke();
      ctx.fillStyle = ink('fg-1');
      ctx.fillText(box.letters, box.left + box.width / 2, area.top - size / 2 - 0.2 * rem);
    }
    ctx.restore();

    function hatch(from: number, to: number, words: string): void {
      if (to - from < rem) return;
      ctx.save();
      ctx.beginPath();
      ctx.rect(from, area.top, to - from, area.bottom - area.top);
      ctx.clip();
      ctx.strokeStyle = ink('nodata');
      ctx.lineWidth = 0.1 * rem;
      ctx.beginPath();
      for (let at = from - (area.bottom - area.top); at < to; at += 0.8 * rem) {
        ctx.moveTo(at, area.bottom);
        ctx.lineTo(at + area.bottom - area.top, area.top);
      }
      ctx.stroke();
      ctx.font = `400 ${2 * rem}px ${font}`;
      const wide = ctx.measureText(words).width;
      if (wide + 2 * rem < to - from) {
        const middle = (from + to) / 2;
        ctx.fillStyle = ink('surface');
        ctx.fillRect(
          middle - wide / 2 - 0.8 * rem,
          (area.top + area.bottom) / 2 - 1.6 * rem,
          wide + 1.6 * rem,
          3.2 * rem,
        );
        ctx.fillStyle = ink('fg-2');
        ctx.textAlign = 'center';
        ctx.textBaseline = 'middle';
        ctx.fillText(words, middle, (area.top + area.bottom) / 2);
      }
      ctx.restore();
    }
  },
};
