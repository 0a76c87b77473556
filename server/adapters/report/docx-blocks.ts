import { Paragraph, ShadingType, type Table } from 'docx';
import type { Block, Cell, Evidence, IncidentCard } from '../../../pipelines/domain/report.ts';
import { drawCard } from './draw-card.ts';
import { drawBars } from './draw-charts.ts';
import { besides, GREY, INK, line, linked, picture, quietLink, run, SMALL, tableOf, type Runs } from './docx-parts.ts';
import type { Proofs } from './number-evidence.ts';
import type { Bars } from './pair-blocks.ts';
import { figureColumns } from './table-columns.ts';
import type { Written } from './write-html.ts';

export type Child = Paragraph | Table;

const proofLink = (evidence: Evidence, proofs: Proofs): ReturnType<typeof linked> => {
  const { number, href } = proofs.of(evidence);
  return linked(`证${number}`, href, 16);
};

/** One block as Word has it: drawings as pictures, and under a drawing of counts the same numbers to go on working with. */
export async function childrenOf(block: Block, proofs: Proofs, written: Written): Promise<Child[]> {
  switch (block.kind) {
    case 'sentences':
      return block.items.map(
        ({ text, evidence }, at) =>
          new Paragraph({
            spacing: { before: 40, after: 40 },
            indent: block.numbered === true ? { left: 320, hanging: 320 } : {},
            children: [
              ...(block.numbered === true ? [run(`${at + 1}. `, { color: GREY })] : []),
              run(`${text} `),
              proofLink(evidence, proofs),
            ],
          }),
      );
    case 'tiles':
      return [
        tableOf(
          [
            block.items.map(({ label }) => [run(label, { size: SMALL, color: GREY })]),
            block.items.map(({ text, unit }) => [
              run(text, { bold: true, size: 40, color: INK }),
              run(unit === '' ? '' : ` ${unit}`, { size: SMALL }),
            ]),
            block.items.map(({ against, evidence }) => [
              run(`${against} `, { size: 17, color: GREY }),
              proofLink(evidence, proofs),
            ]),
          ],
          { upright: true },
        ),
      ];
    case 'table': {
      if (block.rows.length === 0) return [line(`${block.caption}：${block.empty}`, { size: SMALL, color: GREY })];
      return [
        line(block.caption, { size: SMALL, color: GREY }, true),
        tableOf(
          [
            block.columns.map((name) => [run(name, { size: SMALL, color: GREY })]),
            ...block.rows.map((row) => row.map((cell) => cellRuns(cell, proofs))),
          ],
          {
            ...{ head: true, figures: figureColumns(block) },
            ...(block.widths === undefined ? {} : { widths: block.widths }),
          },
        ),
      ];
    }
    case 'bars':
      return await barsOf(block, proofs);
    case 'card':
      return await cardOf(block.card, proofs);
    case 'note':
      return [line(block.text, { size: SMALL, color: GREY })];
    case 'comment': {
      const comment = written.comments.find(({ slot }) => slot === block.slot);
      return comment === undefined
        ? []
        : comment.text.split('\n').map(
            (text, at) =>
              new Paragraph({
                shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'F5F4F0' },
                spacing: { before: at === 0 ? 120 : 0 },
                children: [
                  ...(at === 0 ? [run(`按语，${comment.by}\u3000`, { size: SMALL, color: GREY })] : []),
                  run(text, { size: SMALL }),
                ],
              }),
          );
    }
  }
}

/** Two drawings beside each other, and under them the numbers of both. */
export async function pairedBars(pair: readonly [Bars, Bars], proofs: Proofs): Promise<Child[]> {
  const runs = await Promise.all(
    pair.map(async (bars): Promise<Runs> => [await picture(drawBars(bars), bars.says, 0.48)]),
  );
  return [
    besides([
      ...[pair.map((bars): Runs => [run(`${bars.says} `, { bold: true }), proofLink(bars.evidence, proofs)])],
      ...[pair.map((bars): Runs => [run(bars.caption, { size: SMALL, color: GREY })])],
      ...[runs],
    ]),
    ...pair.flatMap((bars) => [line(`${bars.caption}：数`, { size: 17, color: GREY }, true), ...numbersOf(bars)]),
  ];
}

async function barsOf(block: Bars, proofs: Proofs): Promise<Child[]> {
  return [
    new Paragraph({
      keepNext: true,
      spacing: { before: 160 },
      children: [run(`${block.says} `, { bold: true }), proofLink(block.evidence, proofs)],
    }),
    line(block.caption, { size: SMALL, color: GREY }, true),
    new Paragraph({
      keepNext: !block.lying,
      children: [await picture(drawBars(block), block.says, block.lying ? 0.9 : 0.62)],
    }),
    // The lying bars have their numbers and shares in words beside them.
    ...(block.lying ? [] : numbersOf(block)),
  ];
}

function numbersOf({ categories, series, share, atLeast }: Bars): Child[] {
  return [
    tableOf(
      [
        [[run('', { size: SMALL })], ...categories.map((name) => [run(name, { size: 17, color: GREY })])],
        ...series.map(({ name, values }) => [
          [run(name, { size: 17 })],
          ...values.map((value) => [run(shown(value, share), { size: 17 })]),
        ]),
      ],
      { head: true, widths: [1.2, ...categories.map(() => 1)], figures: [false, ...categories.map(() => true)] },
    ),
    ...(atLeast.length === 0
      ? []
      : [
          line(`有数据源静默，为下限：${atLeast.map((at) => categories[at]).join('、')}`, {
            size: SMALL,
            color: GREY,
          }),
        ]),
  ];
}

async function cardOf(card: IncidentCard, proofs: Proofs): Promise<Child[]> {
  const cells = card.terms.map(({ term, says }): Runs => [
    run(`${term}\u3000`, { size: 17, color: GREY }),
    run(says, { size: SMALL }),
  ]);
  const pairs = Array.from({ length: Math.ceil(cells.length / 2) }, (_, at) => [
    cells[at * 2]!,
    cells[at * 2 + 1] ?? [run('')],
  ]);
  return [
    new Paragraph({
      keepNext: true,
      spacing: { before: 240 },
      children: [
        run(`${card.letter}\u3000${card.title}\u3000`, { bold: true, size: 24, head: true, color: INK }),
        run(`${card.state} `, { size: SMALL }),
        proofLink(card.evidence, proofs),
      ],
    }),
    line(card.facts.join('\u3000'), { size: SMALL, color: GREY }, true),
    ...(card.marks.length === 0
      ? []
      : [
          new Paragraph({
            keepNext: true,
            children: [await picture(drawCard(card), `${card.title}的帖量、台阶与回应时刻`)],
          }),
        ]),
    tableOf(pairs),
    ...card.voices.map(
      ({ label, text, evidence }) =>
        new Paragraph({
          indent: { left: 240 },
          spacing: { before: 40 },
          children: [
            run(`${label}\u3000`, { size: SMALL, color: GREY }),
            run(`${text} `, { size: SMALL }),
            proofLink(evidence, proofs),
          ],
        }),
    ),
    ...card.next.map(
      ({ text, evidence }) =>
        new Paragraph({
          spacing: { before: 40 },
          children: [run(`${text} `, { size: SMALL }), proofLink(evidence, proofs)],
        }),
    ),
  ];
}

const shown = (value: number | null, share: boolean): string =>
  value === null ? '无数据' : share ? `${Math.round(value * 100)}%` : value.toLocaleString('en-US');

const cellRuns = (cell: Cell, proofs: Proofs): Runs => [
  cell.evidence === undefined
    ? run(cell.text, { size: SMALL, ...(cell.noData === true ? { color: GREY } : {}) })
    : quietLink(cell.text, proofs.href(cell.evidence)),
];
