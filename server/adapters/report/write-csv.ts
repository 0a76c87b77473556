import type { Block, Evidence, Report } from '../../../pipelines/domain/report.ts';
import { csvRow } from '../../../pipelines/domain/csv-row.ts';
import { numberEvidence, saysOf, type Proofs } from './number-evidence.ts';

const HEAD = ['节', '项', '行', '列', '数值', '文字', '证据'];

/** Every number of the report, one a row, with what it rests on; UTF-8 with a BOM, so that a spreadsheet reads it as it is. */
export function writeCsv(report: Report, base: string): string {
  const proofs = numberEvidence(report, base);
  const rows = report.sections.flatMap(({ title, blocks }) =>
    blocks.flatMap((block) => rowsOf(block, proofs).map((row) => [title, ...row])),
  );
  return `\uFEFF${[HEAD, ...rows].map(csvRow).join('')}`;
}

function rowsOf(block: Block, proofs: Proofs): (string | number)[][] {
  const proof = (evidence: Evidence): string => `${saysOf(evidence)}；${proofs.href(evidence)}`;
  switch (block.kind) {
    case 'sentences':
      return block.items.map(({ text, evidence }, at) => ['句', at + 1, '', '', text, proof(evidence)]);
    case 'tiles':
      return block.items.map(({ label, value, text, unit, against, evidence }) => [
        '本周',
        label,
        unit,
        value ?? '',
        `${text}${unit}，${against}`,
        proof(evidence),
      ]);
    case 'table':
      return block.rows.flatMap((row) =>
        row
          .slice(1)
          .map((cell, at) => [
            block.caption,
            row[0]?.text ?? '',
            block.columns[at + 1] ?? '',
            cell.value ?? '',
            cell.text,
            cell.evidence === undefined ? '' : proof(cell.evidence),
          ]),
      );
    case 'bars':
      return block.series.flatMap(({ name, values, evidence }) =>
        values.map((value, at) => [
          block.caption,
          block.categories[at] ?? '',
          name,
          value ?? '',
          block.atLeast.includes(at) ? '至少' : '',
          proof(evidence?.[at] ?? block.evidence),
        ]),
      );
    case 'card':
      return [
        ...block.card.terms.map(({ term, says }) => [block.card.title, term, '', '', says, proof(block.card.evidence)]),
        ...block.card.curve.map(({ at, distinct }) => [
          block.card.title,
          new Date(at).toISOString(),
          '去重帖量',
          distinct,
          '',
          proof(block.card.evidence),
        ]),
        ...block.card.marks.map(({ at, text }) => [
          block.card.title,
          new Date(at).toISOString(),
          '时刻',
          '',
          text,
          proof(block.card.evidence),
        ]),
      ];
    case 'note':
    case 'comment':
      return [];
  }
}
