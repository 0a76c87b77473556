import { createHash } from 'node:crypto';
import type { Block, Cell, Comment, Evidence, IncidentCard, Report, Tile } from '../../../pipelines/domain/report.ts';
import { sayTime } from '../../../pipelines/domain/shanghai-time.ts';
import { drawCard } from './draw-card.ts';
import { drawBars, drawWeeks } from './draw-charts.ts';
import { escapeText } from './escape-text.ts';
import { numberEvidence, type Proofs } from './number-evidence.ts';
import { PRINT_STYLE } from './print-style.ts';
import { columnShares, figureColumns } from './table-columns.ts';

export interface Written {
  /** Signed off by, and when; null while it is a draft. */
  readonly signed: { readonly by: string; readonly at: number } | null;
  readonly version: number;
  readonly comments: readonly Comment[];
  /** The address of the running server, ending with a slash. */
  readonly base: string;
}

/** For the header of the answer that shows this page: its one style, by its hash, and nothing else. */
export const REPORT_POLICY = `default-src 'none';style-src 'sha256-${createHash('sha256').update(PRINT_STYLE).digest('base64')}';img-src data:;base-uri 'none';form-action 'none';frame-ancestors 'self'`;

/** The whole report as one page without scripts, for the screen and for paper. Every text goes through escapeText. */
export function writeHtml(report: Report, written: Written): string {
  const proofs = numberEvidence(report, written.base);
  const sections = report.sections
    .map(
      ({ id, title, small, blocks }, at) =>
        `<section id="${id}"><h2>${at === 0 ? '' : `<span class="no">${at}</span>`}${escapeText(title)}${small === undefined ? '' : `<small>${escapeText(small)}</small>`}</h2>${blocks.map((block) => blockHtml(block, proofs, written)).join('')}</section>`,
    )
    .join('');
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><base target="_top"><title>${escapeText(report.title)} ${report.week.id}</title><style>${PRINT_STYLE}</style></head>
<body><div class="report">${report.drill ? '<p class="slate">演练，内容全属虚构</p>' : ''}
<div class="mast"><h1>${escapeText(report.title)}</h1><dl>
<div><dt>期号</dt><dd>${report.week.year}年第${report.week.number}周</dd></div><div><dt>周期</dt><dd>${escapeText(report.period)}</dd></div>
<div><dt>编制</dt><dd>${sayTime(report.madeAt)}自动成稿</dd></div><div><dt>审签</dt><dd>第${written.version}稿，${written.signed === null ? '待审签' : `${escapeText(written.signed.by)}，${sayTime(written.signed.at)}`}</dd></div></dl></div>
${sections}
<section id="proofs"><h2>证据索引</h2><ol class="proofs">${proofs.all.map((proof) => `<li id="proof-${proof.number}"><a href="${escapeText(proof.href)}">${escapeText(proof.says)}</a></li>`).join('')}</ol></section>
<footer>${escapeText(report.versions)}；不列作者，不排转发</footer></div></body></html>
`;
}

function blockHtml(block: Block, proofs: Proofs, written: Written): string {
  switch (block.kind) {
    case 'sentences': {
      const tag = block.numbered === true ? 'ol' : 'ul';
      return `<${tag} class="lead">${block.items.map(({ text, evidence }) => `<li>${escapeText(text)}${link(evidence, proofs)}</li>`).join('')}</${tag}>`;
    }
    case 'tiles':
      return `<div class="tiles">${block.items.map((tile) => tileHtml(tile, proofs)).join('')}</div>`;
    case 'table':
      return tableHtml(block, proofs);
    case 'bars':
      return `<figure${block.lying ? ' class="wide"' : ''}><figcaption><b>${escapeText(block.says)}</b>${link(block.evidence, proofs)}<br>${escapeText(block.caption)}</figcaption>${drawBars(block, (evidence) => proofs.href(evidence))}</figure>`;
    case 'card':
      return cardHtml(block.card, proofs);
    case 'note':
      return `<p class="note">${escapeText(block.text)}</p>`;
    case 'comment': {
      const comment = written.comments.find(({ slot }) => slot === block.slot);
      return comment === undefined
        ? ''
        : `<div class="ed"><b>按语，${escapeText(comment.by)}</b>${escapeText(comment.text)}</div>`;
    }
  }
}

const link = (evidence: Evidence, proofs: Proofs): string => {
  const { number, href } = proofs.of(evidence);
  return `<a class="ev" href="${escapeText(href)}">证${number}</a>`;
};

const tileHtml = (tile: Tile, proofs: Proofs): string =>
  `<div><h3>${escapeText(tile.label)}</h3><div class="n">${escapeText(tile.text)}<span class="u">${escapeText(tile.unit)}</span></div><p>${escapeText(tile.against)}</p>${drawWeeks(tile)}<p>${link(tile.evidence, proofs)}</p></div>`;

function tableHtml(table: Extract<Block, { kind: 'table' }>, proofs: Proofs): string {
  const { caption, columns, rows, bar, empty } = table;
  if (rows.length === 0) return `<p class="none"><b>${escapeText(caption)}</b>：${escapeText(empty)}</p>`;
  const most = bar === undefined ? 0 : Math.max(1, ...rows.map((row) => row[bar]?.value ?? 0));
  const figures = figureColumns(table);
  const shares = columnShares(table);
  // The style may not stand in the element (the policy forbids it): a column says its width as an attribute.
  const cols =
    shares === undefined
      ? ''
      : `<colgroup>${shares.map((share) => `<col width="${share.toFixed(1)}%">`).join('')}</colgroup>`;
  const cell = (given: Cell, at: number): string => {
    if (given.noData === true) return `<td class="nd${figures[at] === true ? ' num' : ''}"><span>无数据</span></td>`;
    const drawn =
      at === bar
        ? `<svg class="bar" viewBox="0 0 100 9" width="100" height="9" aria-hidden="true"><rect width="${(((given.value ?? 0) / most) * 100).toFixed(1)}" height="9" fill="#7f878c"/></svg>`
        : '';
    const words = `${escapeText(given.text)}${drawn}`;
    const linked =
      given.evidence === undefined ? words : `<a href="${escapeText(proofs.href(given.evidence))}">${words}</a>`;
    return `<td${figures[at] === true ? ' class="num"' : ''}>${linked}</td>`;
  };
  const head = columns
    .map(
      (name, at) =>
        `<th scope="col"${figures[at] === true ? ` class="num${at === bar ? ' barred' : ''}"` : ''}>${escapeText(name)}</th>`,
    )
    .join('');
  return `<table${shares === undefined ? '' : ' class="fixed"'}><caption>${escapeText(caption)}</caption>${cols}<thead><tr>${head}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')}</tbody></table>`;
}

const cardHtml = (card: IncidentCard, proofs: Proofs): string =>
  `<article class="case"><header><span class="id">${escapeText(card.letter)}</span><h3>${escapeText(card.title)}</h3><span class="st">${escapeText(card.state)}</span></header><p class="path">${card.facts.map((fact) => `<span>${escapeText(fact)}</span>`).join('')}${link(card.evidence, proofs)}</p>${card.marks.length === 0 ? '' : drawCard(card)}<dl>${card.terms.map(({ term, says }) => `<div><dt>${escapeText(term)}</dt><dd>${escapeText(says)}</dd></div>`).join('')}</dl>${card.voices.length === 0 ? '' : `<div class="voices">${card.voices.map((voice) => `<div><b>${escapeText(voice.label)}</b><bdi>${escapeText(voice.text)}</bdi>${link(voice.evidence, proofs)}</div>`).join('')}</div>`}<ul class="next">${card.next.map(({ text, evidence }) => `<li>${escapeText(text)}${link(evidence, proofs)}</li>`).join('')}</ul></article>`;
