import {
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  TabStopType,
  TextRun,
} from 'docx';
import type { Report } from '../../../pipelines/domain/report.ts';
import { sayTime } from '../../../pipelines/domain/shanghai-time.ts';
import { childrenOf, pairedBars, type Child } from './docx-blocks.ts';
import { FONT, GREY, heading, INK, line, linked, run, SMALL, tableOf, TEXT_WIDTH, TITLE_FONT } from './docx-parts.ts';
import { printable } from './escape-text.ts';
import { numberEvidence } from './number-evidence.ts';
import { inPairs, isNarrow } from './pair-blocks.ts';
import type { Written } from './write-html.ts';

/** A4, twentieths of a point. */
const PAGE = { width: 11906, height: 16838 } as const;
const MARGIN = 1100;

/** The report as a Word document to go on working with. */
export async function writeDocx(report: Report, written: Written): Promise<Uint8Array> {
  const proofs = numberEvidence(report, written.base);
  const children: Child[] = [...mast(report, written)];
  for (const [at, { title, small, blocks }] of report.sections.entries()) {
    children.push(heading(at === 0 ? title : `${at}\u3000${title}`, small));
    for (const [one, other] of inPairs(blocks))
      children.push(
        ...(isNarrow(one) && isNarrow(other)
          ? await pairedBars([one, other], proofs)
          : await childrenOf(one, proofs, written)),
      );
  }
  children.push(
    heading('证据索引'),
    ...proofs.all.map(
      ({ number, says, href }) =>
        new Paragraph({ children: [run(`证${number}\u3000`, { size: 16, color: GREY }), linked(says, href, 16)] }),
    ),
  );
  const document = new Document({
    title: printable(report.title),
    creator: '问必答',
    styles: {
      default: {
        document: { run: { font: FONT, size: 20 }, paragraph: { spacing: { line: 320, lineRule: LineRuleType.AUTO } } },
      },
    },
    sections: [
      {
        properties: {
          page: { size: PAGE, margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } },
        },
        footers: { default: footer(report) },
        children,
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function mast(report: Report, { version, signed }: Written): Child[] {
  const entries = [
    ['期号', `${report.week.year}年第${report.week.number}周`],
    ['周期', report.period],
    ['编制', `${sayTime(report.madeAt)}自动成稿`],
    ['审签', `第${version}稿，${signed === null ? '待审签' : `${signed.by}，${sayTime(signed.at)}`}`],
  ] as const;
  return [
    ...(report.drill ? [line('演练，内容全属虚构', { color: GREY, size: SMALL })] : []),
    new Paragraph({
      heading: HeadingLevel.TITLE,
      spacing: { after: 120 },
      children: [new TextRun({ text: printable(report.title), bold: true, size: 46, font: TITLE_FONT, color: INK })],
    }),
    tableOf(
      [
        entries.map(([term]) => [run(term, { size: SMALL, color: GREY })]),
        entries.map(([, says]) => [run(says, { size: SMALL })]),
      ],
      { widths: [15, 33, 24, 28] },
    ),
  ];
}

const footer = (report: Report): Footer =>
  new Footer({
    children: [
      new Paragraph({
        border: { top: { style: BorderStyle.SINGLE, size: 4, color: 'D8D5CD', space: 6 } },
        tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
        children: [
          run(`${report.versions}；不列作者，不排转发\t`, { size: 16, color: GREY }),
          new TextRun({
            children: [PageNumber.CURRENT, '/', PageNumber.TOTAL_PAGES],
            ...{ size: 16, color: GREY, font: FONT },
          }),
        ],
      }),
    ],
  });
