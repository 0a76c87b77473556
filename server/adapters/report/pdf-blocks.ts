import type pdfmake from 'pdfmake';
import type { Block, Cell, Evidence, IncidentCard } from '../../../pipelines/domain/report.ts';
import { drawCard } from './draw-card.ts';
import { drawBars, drawWeeks } from './draw-charts.ts';
import type { Proofs } from './number-evidence.ts';
import type { Letters } from './pdf-fonts.ts';
import { columnShares, figureColumns } from './table-columns.ts';
import type { Written } from './write-html.ts';

type Definition = Parameters<typeof pdfmake.createPdf>[0];
export type Content = Definition['content'];
type TableCell = Extract<Content, { readonly table: unknown }>['table']['body'][number][number];

export const GREY = '#5d666d';
export const HAIR = '#e0ddd5';
export const INK = '#1b2024';
export const LINK = '#1d5c87';

export interface PdfTools {
  readonly letters: Letters;
  readonly proofs: Proofs;
  readonly written: Written;
}

/** Rules as in print: none above the caption, a strong one above the head, a fine one under each row, none upright. */
const RULED = {
  hLineColor: (at: number) => (at <= 2 ? INK : HAIR),
  hLineWidth: (at: number) => (at === 0 ? 0 : at === 1 ? 1.1 : at === 2 ? 0.7 : 0.6),
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 8,
  paddingTop: () => 2.2,
  paddingBottom: () => 1.2,
} as const;

const TILED = {
  hLineColor: (at: number) => (at === 0 ? INK : HAIR),
  hLineWidth: (at: number) => (at === 0 ? 1.1 : 0.7),
  vLineWidth: (at: number, node: { table: { body: unknown[][] } }) =>
    at === 0 || at === (node.table.body[0]?.length ?? 0) ? 0 : 0.6,
  vLineColor: () => HAIR,
  paddingLeft: (at: number) => (at === 0 ? 0 : 8),
  paddingRight: () => 4,
  paddingTop: () => 5,
  paddingBottom: () => 4,
} as const;

const link = (
  evidence: Evidence,
  { proofs }: PdfTools,
): { text: string; link: string; color: string; fontSize: number } => {
  const { number, href } = proofs.of(evidence);
  return { text: ` 证${number}`, link: href, color: LINK, fontSize: 7.5 };
};

export function contentOf(block: Block, tools: PdfTools): Content[] {
  const { letters, written } = tools;
  const { safe } = letters;
  switch (block.kind) {
    case 'sentences':
      return block.items.map(({ text, evidence }, at): Content => ({
        text: [
          ...(block.numbered === true ? [{ text: `${at + 1}. `, color: GREY }] : []),
          safe(text),
          link(evidence, tools),
        ],
        fontSize: block.numbered === true ? 10 : 9.2,
        margin: [0, 1.5, 0, 1.5],
      }));
    case 'tiles':
      return [
        {
          layout: TILED,
          table: {
            widths: block.items.map(() => '*'),
            body: [
              block.items.map((tile): TableCell => ({
                stack: [
                  { text: safe(tile.label), color: GREY, fontSize: 8.5 },
                  {
                    text: [
                      { text: safe(tile.text), bold: true, fontSize: 20 },
                      { text: safe(tile.unit === '' ? '' : ` ${tile.unit}`), fontSize: 9.5 },
                    ],
                    lineHeight: 1.15,
                  },
                  { text: safe(tile.against), fontSize: 8, color: GREY },
                  { svg: drawWeeks(tile), width: 86 },
                  { text: [link(tile.evidence, tools)] },
                ],
              })),
            ],
          },
          margin: [0, 7, 0, 3],
        },
      ];
    case 'table':
      return tableContent(block, tools);
    case 'bars':
      return [
        {
          stack: [
            { text: [{ text: safe(block.says), bold: true, fontSize: 9.2 }, link(block.evidence, tools)] },
            { text: safe(block.caption), fontSize: 8.5, color: GREY },
            { svg: drawBars(block), width: block.lying ? 480 : 243, margin: [0, 2, 0, 0] },
          ],
          margin: [0, 7, 0, 2],
          unbreakable: true,
        },
      ];
    case 'card':
      return [cardContent(block.card, tools)];
    case 'note':
      return [{ text: safe(block.text), color: GREY, fontSize: 8.2, margin: [0, 4, 0, 0] }];
    case 'comment': {
      const comment = written.comments.find(({ slot }) => slot === block.slot);
      return comment === undefined
        ? []
        : [
            {
              layout: 'noBorders',
              table: {
                widths: ['*'],
                body: [
                  [
                    {
                      text: [{ text: safe(`按语，${comment.by} `), color: GREY }, safe(comment.text)],
                      fillColor: '#f5f4f0',
                      margin: [6, 4, 6, 2],
                    },
                  ],
                ],
              },
              margin: [0, 6, 0, 0],
            },
          ];
    }
  }
}

function tableContent(table: Extract<Block, { kind: 'table' }>, tools: PdfTools): Content[] {
  const { safe } = tools.letters;
  const { caption, columns, rows, empty } = table;
  if (rows.length === 0)
    return [{ text: safe(`${caption}：${empty}`), color: GREY, fontSize: 8.5, margin: [0, 5, 0, 2] }];
  const figures = figureColumns(table);
  const shares = columnShares(table);
  const most = table.bar === undefined ? 1 : Math.max(1, ...rows.map((row) => row[table.bar!]?.value ?? 0));
  const captionRow: TableCell[] = columns.map((_, at): TableCell =>
    at === 0
      ? { text: safe(caption), color: GREY, fontSize: 8.5, colSpan: columns.length, margin: [0, 0, 0, 1] }
      : { text: '' },
  );
  const tableCell = (cell: Cell, at: number): TableCell =>
    at === table.bar && typeof cell.value === 'number'
      ? {
          columns: [
            cellOf(cell, true, tools),
            { width: BAR, canvas: [barOf(cell.value / most)], margin: [6, 3, 0, 0] },
          ] as never,
        }
      : cellOf(cell, figures[at] === true, tools);
  const head = columns.map((name, at): TableCell => ({
    text: safe(name),
    ...{ color: GREY, fontSize: 8.5, alignment: figures[at] === true ? 'right' : 'left' },
    ...(at === table.bar ? { margin: [0, 0, BAR, 0] as [number, number, number, number] } : {}),
  }));
  return [
    {
      layout: RULED,
      margin: [0, 7, 0, 0],
      table: {
        // The caption is a head too: it stays with its table, and stands again where the table goes on.
        headerRows: 2,
        keepWithHeaderRows: 1,
        dontBreakRows: true,
        widths:
          shares === undefined
            ? columns.map((_, at) => (at === table.bar ? BAR + 56 : '*'))
            : shares.map((share) => `${share.toFixed(2)}%`),
        body: [captionRow, head, ...rows.map((row) => row.map(tableCell))],
      },
    },
  ];
}

/** Points. */
const BAR = 62;
const barOf = (share: number): object => ({ type: 'rect', x: 0, y: 0, w: share * (BAR - 8), h: 5, color: '#7f878c' });

const cellOf = (cell: Cell, right: boolean, { letters, proofs }: PdfTools): TableCell => ({
  text: letters.safe(cell.text),
  fontSize: 8.5,
  alignment: right ? 'right' : 'left',
  ...(cell.noData === true ? { color: GREY } : {}),
  ...(cell.evidence === undefined ? {} : { link: proofs.href(cell.evidence) }),
});

/** A card is not torn apart by the end of a page. */
function cardContent(card: IncidentCard, tools: PdfTools): Content {
  const { letters } = tools;
  const { safe } = letters;
  return {
    unbreakable: true,
    margin: [0, 6, 0, 4],
    stack: [
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: 503, y2: 0, lineWidth: 1.1, lineColor: INK }] as never },
      {
        columns: [
          {
            text: [
              { text: `${card.letter}\u3000`, bold: true, fontSize: 10.5 },
              { ...letters.title(card.title), fontSize: 12 },
            ],
          },
          { width: 'auto', text: safe(card.state), fontSize: 8.5, margin: [0, 3, 0, 0] },
        ],
        margin: [0, 6, 0, 1],
      },
      {
        text: [safe(card.facts.join('\u3000')), link(card.evidence, tools)],
        color: GREY,
        fontSize: 8.5,
        margin: [0, 0, 0, 3],
      },
      ...(card.marks.length === 0 ? [] : [{ svg: drawCard(card), width: 503 }]),
      ...rowsOfThree(card.terms).map((terms): Content => ({
        columns: terms.map(({ term, says }) => ({
          width: '*',
          stack: [
            { text: safe(term), color: GREY, fontSize: 8 },
            { text: safe(says), fontSize: 8.5 },
          ],
        })),
        columnGap: 12,
        margin: [0, 4, 0, 0],
      })),
      ...(card.voices.length === 0
        ? []
        : [
            {
              columns: card.voices.map((voice) => ({
                width: '*',
                stack: [
                  { text: safe(voice.label), color: GREY, fontSize: 8 },
                  { text: [safe(voice.text), link(voice.evidence, tools)], fontSize: 8.5 },
                ],
              })),
              columnGap: 12,
              margin: [0, 6, 0, 2] as [number, number, number, number],
            },
          ]),
      ...card.next.map(({ text, evidence }): Content => ({
        text: [safe(text), link(evidence, tools)],
        fontSize: 8.5,
        margin: [0, 2, 0, 0],
      })),
    ],
  };
}

/** Threes, the last row filled up with nothing so that columns stand under each other. */
function rowsOfThree(terms: IncidentCard['terms']): IncidentCard['terms'][] {
  const rows: IncidentCard['terms'][] = [];
  for (let at = 0; at < terms.length; at += 3)
    rows.push(Array.from({ length: 3 }, (_, next) => terms[at + next] ?? { term: '', says: '' }));
  return rows;
}
