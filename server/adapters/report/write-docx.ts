import {
  AlignmentType,
  Document,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Block, Cell, Evidence, Report } from '../../../pipelines/domain/report.ts';
import { printable } from './escape-text.ts';
import { numberEvidence, type Proofs } from './number-evidence.ts';
import type { Written } from './write-html.ts';

const FONT = { ascii: 'Noto Sans SC', eastAsia: '宋体', hAnsi: 'Noto Sans SC' } as const;
const HEAD_FONT = { ascii: 'Noto Sans SC', eastAsia: '黑体', hAnsi: 'Noto Sans SC' } as const;
/** Half points. */
const SMALL = 18;
const GREY = '5D666D';

type Child = Paragraph | Table;

/** The report as a Word document to go on working with. Drawings become tables of the same numbers, which a person can edit. */
export async function writeDocx(report: Report, written: Written): Promise<Uint8Array> {
  const proofs = numberEvidence(report, written.base);
  const children: Child[] = [
    ...(report.drill ? [line('演练，内容全属虚构', { color: GREY })] : []),
    new Paragraph({ heading: HeadingLevel.TITLE, children: [run(report.title, { bold: true, size: 44, head: true })] }),
    line(
      `${report.week.year}年第${report.week.number}周，${report.period}；第${written.version}稿，${written.signed === null ? '待审签' : `审签：${written.signed.by}`}`,
      { color: GREY },
    ),
    ...report.sections.flatMap(({ title, blocks }, at) => [
      heading(at === 0 ? title : `${at}\u3000${title}`),
      ...blocks.flatMap((block) => childrenOf(block, proofs, written)),
    ]),
    heading('证据索引'),
    ...proofs.all.map(
      ({ number, says, href }) =>
        new Paragraph({
          children: [run(`证${number}\u3000`, { size: SMALL }), linked(says.slice(0, 300), href, SMALL)],
        }),
    ),
  ];
  const document = new Document({
    title: printable(report.title),
    creator: '问必答',
    styles: {
      default: {
        document: { run: { font: FONT, size: 21 }, paragraph: { spacing: { line: 340, lineRule: LineRuleType.AUTO } } },
      },
    },
    sections: [
      {
        properties: { page: { margin: { top: 1000, bottom: 1000, left: 1100, right: 1100 } } },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [
                  run(`${report.versions}；不列作者，不排转发\u3000`, { size: SMALL, color: GREY }),
                  new TextRun({ children: [PageNumber.CURRENT], size: SMALL, color: GREY }),
                ],
              }),
            ],
          }),
        },
        children,
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

interface RunStyle {
  readonly bold?: boolean;
  readonly size?: number;
  readonly color?: string;
  readonly head?: boolean;
}

const run = (text: string, { bold = false, size, color, head = false }: RunStyle = {}): TextRun =>
  new TextRun({
    text: printable(text),
    bold,
    font: head ? HEAD_FONT : FONT,
    ...(size === undefined ? {} : { size }),
    ...(color === undefined ? {} : { color }),
  });
const line = (text: string, style: RunStyle = {}): Paragraph => new Paragraph({ children: [run(text, style)] });
const heading = (text: string): Paragraph =>
  new Paragraph({
    heading: HeadingLevel.HEADING_1,
    spacing: { before: 280, after: 100 },
    children: [run(text, { bold: true, size: 28, head: true })],
  });
const linked = (text: string, href: string, size?: number): ExternalHyperlink =>
  new ExternalHyperlink({
    link: href,
    children: [
      new TextRun({
        text: printable(text),
        font: FONT,
        color: '1D5C87',
        underline: {},
        ...(size === undefined ? {} : { size }),
      }),
    ],
  });
const proofLink = (evidence: Evidence, proofs: Proofs): ExternalHyperlink => {
  const { number, href } = proofs.of(evidence);
  return linked(`证${number}`, href, 16);
};

function childrenOf(block: Block, proofs: Proofs, written: Written): Child[] {
  switch (block.kind) {
    case 'sentences':
      return block.items.map(
        ({ text, evidence }, at) =>
          new Paragraph({
            children: [run(`${block.numbered === true ? `${at + 1}．` : ''}${text} `), proofLink(evidence, proofs)],
          }),
      );
    case 'tiles':
      return [
        tableOf([
          block.items.map(({ label }) => [run(label, { size: SMALL, color: GREY })]),
          block.items.map(({ text, unit }) => [run(`${text}${unit}`, { bold: true, size: 36 })]),
          block.items.map(({ against, evidence }) => [
            run(`${against} `, { size: SMALL }),
            proofLink(evidence, proofs),
          ]),
        ]),
      ];
    case 'table':
      if (block.rows.length === 0) return [line(`${block.caption}：${block.empty}`, { size: SMALL })];
      return [
        line(block.caption, { size: SMALL, color: GREY }),
        tableOf([
          block.columns.map((name) => [run(name, { size: SMALL, bold: true })]),
          ...block.rows.map((row) => row.map((cell) => cellRuns(cell, proofs))),
        ]),
      ];
    case 'bars':
      return [
        new Paragraph({ children: [run(`${block.says} `, { bold: true }), proofLink(block.evidence, proofs)] }),
        line(block.caption, { size: SMALL, color: GREY }),
        tableOf([
          [[run('', { size: SMALL })], ...block.categories.map((name) => [run(name, { size: SMALL, bold: true })])],
          ...block.series.map(({ name, values }) => [
            [run(name, { size: SMALL, bold: true })],
            ...values.map((value) => [run(shown(value, block.share), { size: SMALL })]),
          ]),
        ]),
        ...(block.atLeast.length === 0
          ? []
          : [
              line(`有数据源静默，为下限：${block.atLeast.map((at) => block.categories[at]).join('、')}`, {
                size: SMALL,
                color: GREY,
              }),
            ]),
      ];
    case 'card': {
      const { card } = block;
      return [
        new Paragraph({
          spacing: { before: 200 },
          children: [
            run(`${card.letter}\u3000${card.title}\u3000`, { bold: true, size: 24, head: true }),
            run(`${card.state} `, { size: SMALL }),
            proofLink(card.evidence, proofs),
          ],
        }),
        line(card.facts.join('\u3000'), { size: SMALL, color: GREY }),
        tableOf([
          card.terms.map(({ term }) => [run(term, { size: SMALL, color: GREY })]),
          card.terms.map(({ says }) => [run(says, { size: SMALL })]),
        ]),
        ...card.marks.map(({ text }) => line(`· ${text}`, { size: SMALL })),
        ...card.voices.map(
          ({ label, text, evidence }) =>
            new Paragraph({
              indent: { left: 300 },
              children: [
                run(`${label}\u3000`, { size: SMALL, color: GREY }),
                run(`${text} `, { size: SMALL }),
                proofLink(evidence, proofs),
              ],
            }),
        ),
        ...card.next.map(
          ({ text, evidence }) =>
            new Paragraph({ children: [run(`${text} `, { size: SMALL }), proofLink(evidence, proofs)] }),
        ),
      ];
    }
    case 'note':
      return [line(block.text, { size: SMALL, color: GREY })];
    case 'comment': {
      const comment = written.comments.find(({ slot }) => slot === block.slot);
      return comment === undefined
        ? []
        : comment.text.split('\n').map((text, at) => line(at === 0 ? `按语（${comment.by}）：${text}` : text));
    }
  }
}

const shown = (value: number | null, share: boolean): string =>
  value === null ? '无数据' : share ? `${Math.round(value * 100)}%` : String(value);

const cellRuns = (cell: Cell, proofs: Proofs): (TextRun | ExternalHyperlink)[] => [
  cell.evidence === undefined
    ? run(cell.text, { size: SMALL })
    : linked(cell.text, proofs.of(cell.evidence).href, SMALL),
];

const tableOf = (rows: readonly (readonly (TextRun | ExternalHyperlink)[])[][]): Table =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      (cells) =>
        new TableRow({
          cantSplit: true,
          children: cells.map(
            (runs) =>
              new TableCell({
                children: [new Paragraph({ spacing: { line: 280, lineRule: LineRuleType.AUTO }, children: [...runs] })],
              }),
          ),
        }),
    ),
  });
