import pdfmake from 'pdfmake';
import type { Block, Report, Section } from '../../../pipelines/domain/report.ts';
import { sayTime } from '../../../pipelines/domain/shanghai-time.ts';
import { printable } from './escape-text.ts';
import { numberEvidence } from './number-evidence.ts';
import { contentOf, GREY, INK, LINK, type Content, type PdfTools } from './pdf-blocks.ts';
import { inPairs, type Pair } from './pair-blocks.ts';
import { openLetters } from './pdf-fonts.ts';
import type { Written } from './write-html.ts';

type Definition = Parameters<typeof pdfmake.createPdf>[0];

const MARGIN = 46;
const WIDTH = 595 - 2 * MARGIN;

/** The report as PDF with the characters it uses embedded, so that its text can be selected, searched and read anywhere. */
export async function writePdf(report: Report, written: Written): Promise<Uint8Array> {
  const letters = openLetters();
  const { safe } = letters;
  const proofs = numberEvidence(report, written.base);
  const tools: PdfTools = { letters, proofs, written };
  const document: Definition = {
    info: { title: printable(report.title), creator: '问必答' },
    pageSize: 'A4',
    pageMargins: [MARGIN, 42, MARGIN, 54],
    defaultStyle: { font: 'Noto', fontSize: 9.5, lineHeight: 1.35 },
    styles: { h2: { fontSize: 13.5, margin: [0, 16, 0, 5] } },
    ...(report.drill
      ? {
          header: {
            ...{ text: '演练，内容全属虚构', alignment: 'right' as const, color: GREY, fontSize: 8.5 },
            margin: [0, 20, MARGIN, 0] as [number, number, number, number],
          },
        }
      : {}),
    footer: (page, pages) => ({
      columns: [
        { text: safe(report.versions) },
        { text: '不列作者，不排转发', alignment: 'center' },
        { text: `${page}/${pages}`, alignment: 'right' },
      ],
      margin: [MARGIN, 14, MARGIN, 0],
      fontSize: 8,
      color: GREY,
    }),
    content: [
      ...mast(report, tools),
      ...report.sections.flatMap((section, at): Content[] => {
        const [first, ...others] = inPairs(section.blocks);
        const head = [headingOf(section, at, tools), ...(first === undefined ? [] : pairOf(first, tools))];
        return [
          // A heading is not left alone at the foot of a page; only a long table may leave it.
          ...(first !== undefined && isShort(first[0]) ? [{ stack: head, unbreakable: true }] : head),
          ...others.flatMap((pair) => pairOf(pair, tools)),
        ];
      }),
      { text: [letters.title('证据索引')], style: 'h2' },
      ...proofs.all.map(({ number, says, href }): Content => ({
        text: [`证${number} `, { text: safe(says), link: href, color: LINK }],
        fontSize: 7.5,
        color: GREY,
      })),
    ],
  };
  return new Uint8Array(await pdfmake.createPdf(document).getBuffer());
}

const headingOf = ({ title, small }: Section, at: number, { letters }: PdfTools): Content => ({
  text: [
    ...(at === 0 ? [] : [{ text: `${at}\u3000`, fontSize: 9.5, color: GREY }]),
    letters.title(title),
    ...(small === undefined ? [] : [{ text: letters.safe(`\u3000${small}`), fontSize: 8.5, color: GREY }]),
  ],
  style: 'h2',
});

const SHORT_ROWS = 8;
const isShort = (block: Block): boolean => block.kind !== 'table' || block.rows.length <= SHORT_ROWS;

/** Title, the four entries under it, and the double rule. */
function mast(report: Report, { letters, written }: PdfTools): Content[] {
  const { safe } = letters;
  const entries = [
    ['期号', `${report.week.year}年第${report.week.number}周`],
    ['周期', report.period],
    ['编制', `${sayTime(report.madeAt)}自动成稿`],
    [
      '审签',
      `第${written.version}稿，${written.signed === null ? '待审签' : `${written.signed.by}，${sayTime(written.signed.at)}`}`,
    ],
  ] as const;
  const rule = (y: number): object => ({
    type: 'line',
    x1: 0,
    y1: y,
    x2: WIDTH,
    y2: y,
    lineWidth: 0.9,
    lineColor: INK,
  });
  return [
    { text: [{ ...letters.title(report.title), fontSize: 23 }], lineHeight: 1.25 },
    {
      columns: entries.map(([term, says], at) => ({
        width: at === 1 ? '*' : 'auto',
        stack: [
          { text: term, color: GREY },
          { text: safe(says), color: INK },
        ],
      })),
      columnGap: 22,
      fontSize: 8.5,
      margin: [0, 5, 0, 7],
    },
    { canvas: [rule(0), rule(2.6)] as never, margin: [0, 0, 0, 4] },
  ];
}

const pairOf = ([one, other]: Pair, tools: PdfTools): Content[] =>
  other === undefined
    ? contentOf(one, tools)
    : [
        {
          columns: [{ stack: contentOf(one, tools) }, { stack: contentOf(other, tools) }],
          columnGap: 16,
          unbreakable: true,
        },
      ];
