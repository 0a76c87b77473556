import type { PublicCase, PublicList, PublicRow } from '../contract/public.ts';
import { dayAndTime, html, plainPage, spanOf, type Html } from './plain-html.ts';

/** The words of the public page, for citizens: plain, whole without script. */
const STEPS = [
  ['received', '收到'],
  ['handed', '交办'],
  ['working', '办理'],
  ['answered', '答复'],
  ['judged', '您评价'],
] as const;

const FOOT = '刷新本页看新进展，内容每1分钟更新一次。看不清、不会用，请拨12345。';
const HERE: Readonly<Record<string, { readonly words: string; readonly no: boolean }>> = {
  yes: { words: '谢谢，您说的“解决了”已经记下。', no: false },
  no: { words: '您说的“没解决”已经记下，这件事重新办理，不用再报一次。', no: false },
  not: { words: '没有记下：还没有答复，或刚刚有变化。请看过本页再点。', no: true },
};

export function publicListPage({ office, drill, cases }: PublicList): string {
  const body = html`<h1>办理公开</h1>
    <p class="meta">群众反映的事办到哪一步、谁在办、什么时候答复，都在这里。</p>
    <section class="card">
      ${
        cases.length === 0
          ? html`<p>现在没有公开的办件。</p>`
          : html`<ol class="list">
              ${cases.map((row) => html`<li>${rowLink(row)}</li>`)}
            </ol>`
      }
    </section>`;
  return plainPage({ title: `${office}办理公开`, office: `${office}办理公开`, drill, body, foot: FOOT });
}

const rowLink = (row: PublicRow): Html =>
  html`<a href="/public/${encodeURIComponent(row.id)}"
    ><b>${row.title}</b>${chipOf(row)}<span class="meta"
      >${row.regionName}，${row.holder === null ? '已办结' : `${row.holder}在办`}，${dayAndTime(row.updated)}更新</span
    ></a
  >`;

function chipOf(row: PublicRow): Html {
  if (row.closed) return html`<span class="chip done">已办结</span>`;
  if (row.answeredAt !== null) return html`<span class="chip done">已答复</span>`;
  if (row.overdue) return html`<span class="chip late">超期</span>`;
  return html`<span class="chip">${STEPS.find(([step]) => step === row.step)?.[1] ?? ''}</span>`;
}

export interface CasePageGiven {
  readonly office: string;
  readonly drill: boolean;
  readonly now: number;
  readonly said: string | undefined;
}

export function publicCasePage(found: PublicCase, { office, drill, now, said }: CasePageGiven): string {
  const row = found.case;
  const at = STEPS.findIndex(([step]) => step === row.step);
  const told = said === undefined ? undefined : HERE[said];
  const body = html`<p class="meta">办件${row.number}</p>
    <h1>${row.title}</h1>
    <p class="meta">${row.regionName}${row.line === null ? '' : `，${row.line}`}</p>
    ${told !== undefined && html`<p class="said${told.no ? ' no' : ''}" role="status">${told.words}</p>`}
    <div class="two">
      <div class="stack">
        ${stateCard(row, now)}
        <ol class="steps" aria-label="办到哪一步">
          ${STEPS.map(([, words], n) => {
            const mark = n < at ? 'past' : n === at ? 'now' : '';
            return html`<li class="${mark}" data-n="${n + 1}" ${n === at && html` aria-current="step"`}>${words}</li>`;
          })}
        </ol>
        ${found.answers.length > 0 && answersCard(found)}
        <section class="card">
          <h2>办理经过</h2>
          <ol class="way">
            ${found.steps.map(
              (step) =>
                html`<li>
                  <time datetime="${step.at}">${dayAndTime(step.at)}</time>
                  <span${step.late && html` class="late"`}>${step.said}</span>
                  ${step.why !== null && html`<span class="why">写明：${step.why}</span>`}
                </li>`,
            )}
          </ol>
        </section>
      </div>
      <div class="stack">
        ${judgeCard(found)}
        <section class="card">
          <h2>我们的承诺</h2>
          <p><b>${found.promise.replaceAll(' ', '')}内</b>首次答复，从首次发现算起。超时写在本页，不删。</p>
          <p class="small">本页不显示反映人的任何信息。</p>
          <p class="small">有人身危险请直接拨打<b>110</b>、<b>119</b>、<b>120</b>。</p>
        </section>
      </div>
    </div>`;
  return plainPage({
    title: `${row.title}，${office}办理公开`,
    office: `${office}办理公开`,
    drill,
    nav: html`<a href="/public">查别的办件</a>`,
    body,
    foot: FOOT,
  });
}

function stateCard(row: PublicRow, now: number): Html {
  const due = Date.parse(row.due);
  const late = row.answeredAt === null ? now - due : Date.parse(row.answeredAt) - due;
  if (row.answeredAt !== null || row.closed) {
    const when = row.answeredAt ?? row.updated;
    return html`<section class="card state done">
      <p class="head">${row.closed ? '已办结' : '已答复，请您评价'}</p>
      <p class="body">
        ${row.answeredAt === null ? '未公开答复，已说明理由后办结。' : `${dayAndTime(when)}答复${late > 0 ? `，比期限晚${spanOf(late)}` : '，在期限之内'}。`}
      </p>
    </section>`;
  }
  return html`<section class="card state${row.overdue && ' late'}">
    <p class="head">${row.overdue ? `超过答复期限${spanOf(late)}` : '正在办理'}</p>
    <div class="body">
      ${row.overdue && html`<p>对不起，没有按时答复。现由<b>${row.holder ?? '上级单位'}</b>接着办，不会再转给别的单位。</p>`}
      <dl>
        <dt>谁在办</dt>
        <dd>${row.holder ?? '待定'}，${dayAndTime(row.holderSince)}起</dd>
        <dt>何时答复</dt>
        <dd>${row.overdue ? `应在${dayAndTime(row.due)}前` : `最迟${dayAndTime(row.due)}`}</dd>
        <dt>更新于</dt>
        <dd>${dayAndTime(row.updated)}</dd>
      </dl>
    </div>
  </section>`;
}

const WORD_KINDS: Readonly<Record<string, string>> = { answered: '答复', supplemented: '补充', corrected: '更正' };

const answersCard = ({ answers }: PublicCase): Html =>
  html`<section class="card">
    <h2>答复全文</h2>
    ${answers.map(
      (each) =>
        html`<blockquote>${each.text}</blockquote>
          <p class="small">
            ${each.account}，${WORD_KINDS[each.kind] ?? ''}，${dayAndTime(each.at)}${
              each.link !== null && html` <a href="${each.link}" rel="noopener noreferrer">看原文</a>`
            }
          </p>`,
    )}
  </section>`;

function judgeCard({ case: row, mayJudge }: PublicCase): Html {
  const counted =
    row.solved + row.unsolved === 0
      ? '还没有人评价。'
      : `已有${row.solved + row.unsolved}人评价：${row.solved}人解决，${row.unsolved}人没解决。`;
  if (!mayJudge)
    return html`<section class="card">
      <h2>您可以</h2>
      <p>还没有答复，暂时不能评价。答复之后，请回到本页说一声解决没有。</p>
      <p class="small">${counted}</p>
    </section>`;
  return html`<section class="card">
    <h2 id="judge">问题解决了吗？</h2>
    <form method="post" action="/public/${encodeURIComponent(row.id)}" aria-labelledby="judge">
      <p class="small">点“没解决”会重新办理，不用再报一次。</p>
      <p class="verdict">
        <button name="solved" value="yes">解决了</button><button name="solved" value="no">没解决</button>
      </p>
      <label
        >想补充的话<small>可不填。请不要写姓名和电话，这里的话只给办理单位看。</small
        ><textarea name="comment" maxlength="500"></textarea>
      </label>
    </form>
    <p class="small">${counted}</p>
  </section>`;
}
