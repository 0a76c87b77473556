import {
  AlignmentType,
  BorderStyle,
  ExternalHyperlink,
  HeadingLevel,
  ImageRun,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { printable } from './escape-text.ts';
import { paintDrawing } from './paint-drawing.ts';

/** Chinese by the fonts every office machine has; digits and Latin beside them in one that sits well with both. */
export const FONT = { ascii: 'Arial', eastAsia: '宋体', hAnsi: 'Arial' } as const;
export const HEAD_FONT = { ascii: 'Arial', eastAsia: '黑体', hAnsi: 'Arial' } as const;
export const TITLE_FONT = { ascii: 'Noto Serif SC', eastAsia: 'Noto Serif SC', hAnsi: 'Noto Serif SC' } as const;
/** Half points. */
export const SMALL = 18;
export const GREY = '5D666D';
export const INK = '1B2024';
const HAIR = 'D8D5CD';
const LINK = '1D5C87';
/** Of the text on an A4 page, twentieths of a point. */
export const TEXT_WIDTH = 9706;
/** The same in CSS pixels. */
const TEXT_PIXELS = 647;

export type Runs = readonly (TextRun | ExternalHyperlink | ImageRun)[];

export interface RunStyle {
  readonly bold?: boolean;
  readonly size?: number;
  readonly color?: string;
  readonly head?: boolean;
}

export const run = (text: string, { bold = false, size, color, head = false }: RunStyle = {}): TextRun =>
  new TextRun({
    text: printable(text),
    bold,
    font: head ? HEAD_FONT : FONT,
    ...(size === undefined ? {} : { size }),
    ...(color === undefined ? {} : { color }),
  });

export const line = (text: string, style: RunStyle = {}, keepNext = false): Paragraph =>
  new Paragraph({ keepNext, spacing: { before: 60, after: 40 }, children: [run(text, style)] });

export const heading = (text: string, small?: string): Paragraph =>
  new Paragraph({
    heading: HeadingLevel.HEADING_1,
    keepNext: true,
    spacing: { before: 300, after: 100 },
    children: [
      run(text, { bold: true, size: 28, head: true, color: INK }),
      ...(small === undefined ? [] : [run(`\u3000${small}`, { size: SMALL, color: GREY })]),
    ],
  });

export const linked = (text: string, href: string, size?: number): ExternalHyperlink =>
  new ExternalHyperlink({
    link: href,
    children: [
      new TextRun({
        ...{ text: printable(text), font: FONT, color: LINK, underline: {} },
        ...(size === undefined ? {} : { size }),
      }),
    ],
  });

/** A figure that leads to its posts without shouting: ink, underlined in grey dots. */
export const quietLink = (text: string, href: string, size = SMALL): ExternalHyperlink =>
  new ExternalHyperlink({
    link: href,
    children: [
      new TextRun({
        ...{ text: printable(text), font: FONT, color: INK, size },
        underline: { type: 'dotted', color: 'B2B8BB' },
      }),
    ],
  });

export async function picture(svg: string, says: string, share = 1): Promise<ImageRun> {
  const { png, width, height } = await paintDrawing(svg);
  const scale = (TEXT_PIXELS * share) / width;
  return new ImageRun({
    type: 'png',
    data: png,
    transformation: { width: Math.round(width * scale), height: Math.round(height * scale) },
    altText: { name: printable(says), title: printable(says), description: printable(says) },
  });
}

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const FINE = { style: BorderStyle.SINGLE, size: 4, color: HAIR } as const;
const STRONG = { style: BorderStyle.SINGLE, size: 8, color: INK } as const;

export interface TableShape {
  /** Parts of the width, in order; absent: all alike. */
  readonly widths?: readonly number[];
  readonly figures?: readonly boolean[];
  /** The first row is a head and is repeated on every page. */
  readonly head?: boolean;
  readonly upright?: boolean;
}

/** A table ruled as in print: a strong rule above, fine ones under each row, none upright unless asked for. */
export function tableOf(rows: readonly (readonly Runs[])[], shape: TableShape = {}): Table {
  const { figures = [], head = false, upright = false } = shape;
  const count = rows[0]?.length ?? 1;
  const parts = shape.widths ?? Array.from({ length: count }, () => 1);
  const all = parts.reduce((sum, part) => sum + part, 0);
  const columnWidths = parts.map((part) => Math.floor((part / all) * TEXT_WIDTH));
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths,
    borders: {
      ...{ top: STRONG, bottom: FINE, left: NONE, right: NONE, insideHorizontal: FINE },
      insideVertical: upright ? FINE : NONE,
    },
    rows: rows.map(
      (cells, row) =>
        new TableRow({
          cantSplit: true,
          tableHeader: head && row === 0,
          children: cells.map(
            (runs, at) =>
              new TableCell({
                width: { size: columnWidths[at]!, type: WidthType.DXA },
                margins: { top: 30, bottom: 30, left: at === 0 || !upright ? 0 : 100, right: 100 },
                ...(head && row === 0
                  ? { borders: { bottom: { style: BorderStyle.SINGLE, size: 6, color: INK } } }
                  : {}),
                children: [
                  new Paragraph({
                    alignment: figures[at] === true ? AlignmentType.RIGHT : AlignmentType.LEFT,
                    keepNext: head && row === 0,
                    spacing: { line: 270, lineRule: LineRuleType.AUTO },
                    children: [...runs],
                  }),
                ],
              }),
          ),
        }),
    ),
  });
}

/** Cells beside each other without any rule, kept together with what follows. */
export function besides(rows: readonly (readonly Runs[])[]): Table {
  const count = rows[0]?.length ?? 1;
  const columnWidths = Array.from({ length: count }, () => Math.floor(TEXT_WIDTH / count));
  const none = { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE };
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths,
    borders: none,
    rows: rows.map(
      (cells) =>
        new TableRow({
          cantSplit: true,
          children: cells.map(
            (runs, at) =>
              new TableCell({
                width: { size: columnWidths[at]!, type: WidthType.DXA },
                margins: { top: 20, bottom: 20, left: 0, right: 100 },
                children: [new Paragraph({ keepNext: true, children: [...runs] })],
              }),
          ),
        }),
    ),
  });
}
