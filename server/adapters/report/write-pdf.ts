import { join } from 'node:path';
import pdfmake from 'pdfmake';
import type { Block, Cell, Evidence, Report } from '../../../pipelines/domain/report.ts';
import { packageRoot } from '../../package-root.ts';
import { drawBars, drawCard, drawWeeks } from './draw-charts.ts';
import { printable } from './escape-text.ts';
import { fontCharacters } from './font-characters.ts';
import { numberEvidence, type Proofs } from './number-evidence.ts';
import type { Written } from './write-html.ts';

type TDocumentDefinitions = Parameters<typeof pdfmake.createPdf>[0];
type Content = TDocumentDefinitions['content'];
type TableCell = Extract<Content, { readonly table: unknown }>['table']['body'][number][number];

const GREY = '#5d666d';
const HAIR = '#e0ddd5';
const INNER = { hLineColor: () => HAIR, vLineWidth: () => 0, hLineWidth: () => 0.6, paddingLeft: () => 0 } as const;

/** The report as PDF with the characters it uses embedded, so that its text can be selected, searched and read anywhere. */
export async function writePdf(report: Report, written: Written): Promise<Uint8Array> {
  const drawn = fonts();
  const safe = (text: string): string =>
    [...printable(text)].map((sign) => (drawn.has(sign.codePointAt(0)!) ? sign : '□')).join('');
  const proofs = numberEvidence(report, written.base);
  const t = { safe, proofs, written };
  const document: TDocumentDefinitions = {
    info: { title: printable(report.title), creator: '问必答' },
    pageSize: 'A4',
    pageMargins: [46, 46, 46, 54],
    defaultStyle: { font: 'Noto', fontSize: 9.5, lineHeight: 1.35 },
    styles: { h1: { fontSize: 22, bold: true }, h2: { fontSize: 13, bold: true, margin: [0, 14, 0, 5] } },
    footer: (page, pages) => ({
      columns: [
        { text: safe(`${report.versions}；不列作者，不排转发`) },
        { text: `${page}/${pages}`, alignment: 'right' },
      ],
      margin: [46, 12, 46, 0],
      fontSize: 8,
      color: GREY,
    }),
    content: [
      ...(report.drill
        ? [{ text: '演练，内容全属虚构', alignment: 'right' as const, color: GREY, fontSize: 8.5 }]
        : []),
      { text: safe(report.title), style: 'h1' },
      {
        text: safe(
          `${report.week.year}年第${report.week.number}周\u3000${report.period}\u3000第${written.version}稿，${written.signed === null ? '待审签' : `审签：${written.signed.by}`}`,
        ),
        color: GREY,
        margin: [0, 2, 0, 6],
      },
      ...report.sections.flatMap(({ title, blocks }, at): Content[] => [
        { text: safe(at === 0 ? title : `${at}\u3000${title}`), style: 'h2' },
        ...inPairs(blocks).flatMap((pair) => pairOf(pair, t)),
      ]),
      { text: '证据索引', style: 'h2' },
      ...proofs.all.map(({ number, says, href }): Content => ({
        text: [`证${number}\u3000`, { text: safe(says.slice(0, 400)), link: href, color: '#1d5c87' }],
        fontSize: 7.5,
      })),
    ],
  };
  return new Uint8Array(await pdfmake.createPdf(document).getBuffer());
}

let known: ReadonlySet<number> | undefined;

/** Gives pdfmake the two fonts and no other file or address. Answers what they can draw. */
function fonts(): ReadonlySet<number> {
  if (known !== undefined) return known;
  const folder = join(packageRoot(), 'server', 'adapters', 'report', 'fonts');
  const normal = join(folder, 'NotoSansSC-Regular.ttf');
  const bold = join(folder, 'NotoSansSC-Bold.ttf');
  pdfmake.setFonts({ Noto: { normal, bold, italics: normal, bolditalics: bold } });
  pdfmake.setLocalAccessPolicy((path) => path === normal || path === bold);
  pdfmake.setUrlAccessPolicy(() => false);
  return (known = fontCharacters(normal));
}

type Pair = readonly [Block, Block?];

/** Two drawings of half a width stand beside each other. */
function inPairs(blocks: readonly Block[]): Pair[] {
  const pairs: Pair[] = [];
  const isNarrow = (block: Block | undefined): block is Block => block?.kind === 'bars' && !block.lying;
  for (let at = 0; at < blocks.length; at++) {
    const [one, next] = [blocks[at]!, blocks[at + 1]];
    if (isNarrow(one) && isNarrow(next)) {
      pairs.push([one, next]);
      at++;
    } else pairs.push([one]);
  }
  return pairs;
}

const pairOf = ([one, other]: Pair, t: Tools): Content[] =>
  other === undefined
    ? contentOf(one, t)
    : [{ columns: [{ stack: contentOf(one, t) }, { stack: contentOf(other, t) }], columnGap: 16 }];

interface Tools {
  readonly safe: (text: string) => string;
  readonly proofs: Proofs;
  readonly written: Written;
}

const link = (
  evidence: Evidence,
  { proofs }: Tools,
): { text: string; link: string; color: string; fontSize: number } => {
  const { number, href } = proofs.of(evidence);
  return { text: ` 证${number}`, link: href, color: '#1d5c87', fontSize: 7.5 };
};

function contentOf(block: Block, t: Tools): Content[] {
  const { safe, written } = t;
  switch (block.kind) {
    case 'sentences':
      return block.items.map(({ text, evidence }, at): Content => ({
        text: [`${block.numbered === true ? `${at + 1}．` : ''}${safe(text)}`, link(evidence, t)],
        margin: [0, 1, 0, 1],
      }));
    case 'tiles':
      return [
        {
          layout: INNER,
          table: {
            widths: block.items.map(() => '*'),
            body: [
              block.items.map((tile): TableCell => ({
                stack: [
                  { text: safe(tile.label), color: GREY, fontSize: 8.5 },
                  { text: safe(`${tile.text}${tile.unit}`), bold: true, fontSize: 18 },
                  { text: [safe(tile.against), link(tile.evidence, t)], fontSize: 7.5 },
                  { svg: drawWeeks(tile), width: 88 },
                ],
              })),
            ],
          },
          margin: [0, 6, 0, 4],
        },
      ];
    case 'table':
      if (block.rows.length === 0)
        return [{ text: safe(`${block.caption}：${block.empty}`), color: GREY, fontSize: 8.5 }];
      return [
        { text: safe(block.caption), color: GREY, fontSize: 8.5, margin: [0, 6, 0, 2] },
        {
          layout: INNER,
          table: {
            headerRows: 1,
            widths: block.columns.map(() => '*'),
            body: [
              block.columns.map((name): TableCell => ({ text: safe(name), color: GREY, fontSize: 8.5 })),
              ...block.rows.map((row) => row.map((cell): TableCell => cellOf(cell, t))),
            ],
          },
        },
      ];
    case 'bars':
      return [
        {
          text: [{ text: safe(block.says), bold: true }, link(block.evidence, t), `\u3000${safe(block.caption)}`],
          fontSize: 8.5,
          margin: [0, 8, 0, 2],
        },
        { svg: drawBars(block), width: block.lying ? 480 : 240 },
      ];
    case 'card': {
      const { card } = block;
      return [
        {
          text: [
            { text: safe(`${card.letter}\u3000${card.title}\u3000`), bold: true, fontSize: 11.5 },
            { text: safe(card.state), fontSize: 8.5 },
            link(card.evidence, t),
          ],
          margin: [0, 10, 0, 1],
        },
        { text: safe(card.facts.join('\u3000')), color: GREY, fontSize: 8.5 },
        ...(card.marks.length === 0 ? [] : [{ svg: drawCard(card), width: 500 }]),
        {
          columns: card.terms.map(({ term, says }) => ({
            stack: [
              { text: safe(term), color: GREY, fontSize: 8 },
              { text: safe(says), fontSize: 8.5 },
            ],
          })),
          columnGap: 10,
          margin: [0, 4, 0, 4],
        },
        ...card.voices.map((voice): Content => ({
          text: [{ text: safe(`${voice.label}\u3000`), color: GREY }, safe(voice.text), link(voice.evidence, t)],
          fontSize: 8.5,
          margin: [10, 0, 0, 2],
        })),
        ...card.next.map(({ text, evidence }): Content => ({ text: [safe(text), link(evidence, t)], fontSize: 8.5 })),
      ];
    }
    case 'note':
      return [{ text: safe(block.text), color: GREY, fontSize: 8, margin: [0, 4, 0, 0] }];
    case 'comment': {
      const comment = written.comments.find(({ slot }) => slot === block.slot);
      return comment === undefined
        ? []
        : [{ text: safe(`按语（${comment.by}）：${comment.text}`), background: '#f5f4f0', margin: [0, 6, 0, 0] }];
    }
  }
}

const cellOf = (cell: Cell, { safe, proofs }: Tools): TableCell => ({
  text: safe(cell.text),
  fontSize: 8.5,
  ...(cell.noData === true ? { color: GREY } : {}),
  ...(cell.evidence === undefined ? {} : { link: proofs.of(cell.evidence).href }),
});
