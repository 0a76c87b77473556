import type { UnitForm, UnitView } from '../contract/unit.ts';
import { dayAndTime, html, plainPage, spanOf, type Html } from './plain-html.ts';

/** The words of the signed link and the printed sheet, for units that do not sign in. */
export interface UnitSaid {
  readonly words: string;
  readonly wrong: boolean;
  /** What was filled in, so that nothing has to be typed twice. */
  readonly form?: UnitForm;
}

export interface UnitPageGiven {
  readonly token: string;
  readonly now: number;
  readonly said: UnitSaid | undefined;
  /** The plea's own words, once they were asked for. */
  readonly contact: string | undefined;
}

const STATES: Readonly<Record<UnitView['state'], string>> = {
  open: '等贵单位答复',
  accepted: '贵单位已接收，等结果',
  done: '贵单位已提供事实，谢谢',
  expired: '这个链接已过期，请向交办单位要新的链接',
  moved: '此事已转给别的单位，贵单位不用再办',
  closed: '此事已办结，不用再办',
};

const FOOT = '本链接只供办理这一件事，请勿转给他人；用完即关。打开和提交都有记录。';

export const voidPage = (): string =>
  plainPage({
    title: '链接无效',
    office: '问必答',
    drill: false,
    body: html`<h1>链接无效</h1>
      <p class="meta">链接不完整、被改动过，或没有交给这个单位。请核对收到的链接，或向交办单位要新的链接。</p>`,
    foot: FOOT,
  });

export function unitPage(view: UnitView, { token, now, said, contact }: UnitPageGiven): string {
  const left = Date.parse(view.due) - now;
  const active = view.state === 'open' || view.state === 'accepted';
  const late = active && left < 0;
  const action = `/answer/${token}`;
  const body = html`<p class="meta">${view.asked}给${view.unit}</p>
    <h1>${view.title}</h1>
    <p class="meta">${view.regionName}，${view.kind}${view.lifeAtRisk && '，有人身危险'}</p>
    ${said !== undefined && html`<p class="said${said.wrong ? ' no' : ''}" role="${said.wrong ? 'alert' : 'status'}">${said.words}</p>`}
    <div class="two">
      <div class="stack">
        <section class="card state${late ? ' late' : active ? '' : ' done'}">
          <p class="head">${late ? `已超时${spanOf(-left)}` : STATES[view.state]}</p>
          <div class="body">
            ${view.why !== null && html`<p>${view.why}</p>`}
            <dl>
              <dt>交来</dt>
              <dd>${dayAndTime(view.askedAt)}</dd>
              ${
                active &&
                html`<dt>期限</dt>
                  <dd>${dayAndTime(view.due)}${left > 0 && `，还有${spanOf(left)}`}</dd>`
              }
              <dt>说的是</dt>
              <dd>${view.terms.join('、')}</dd>
            </dl>
          </div>
        </section>
        ${view.mayContact && contactCard(action, contact)} ${active && forms(view, action, said?.form)}
        ${view.facts.length > 0 && factsCard(view)}
      </div>
      <div class="stack">
        <section class="card">
          <h2>经过</h2>
          <ol class="way">
            ${view.steps.map(
              (step) =>
                html`<li><time datetime="${step.at}">${dayAndTime(step.at)}</time><span>${step.said}</span></li>`,
            )}
          </ol>
        </section>
        ${view.expires !== null && html`<p class="small">本链接${dayAndTime(view.expires)}前有效，办结即失效。</p>`}
      </div>
    </div>`;
  return plainPage({ title: `${view.title}，${view.unit}`, office: view.office, drill: view.drill, body, foot: FOOT });
}

const contactCard = (action: string, contact: string | undefined): Html =>
  html`<section class="card">
    <h2>求助人的原话</h2>
    ${
      contact === undefined
        ? html`<form method="post" action="${action}/contact">
            <p class="small">含联系方式，只给出警单位看，看一次记一次。</p>
            <button class="main">我在出警，查看原话</button>
          </form>`
        : html`<blockquote>${contact}</blockquote>
            <p class="small">已记录本次查看。</p>`
    }
  </section>`;

function forms(view: UnitView, action: string, filled: UnitForm | undefined): Html {
  return html`${
    view.mayAccept &&
    html`<section class="card">
      <h2>归我们管，先接下</h2>
      <form method="post" action="${action}">
        <input type="hidden" name="do" value="accept" />
        <button class="main">接收，按期答复</button>
      </form>
    </section>`
  }
    <section class="card">
      <h2>提供事实</h2>
      <form method="post" action="${action}">
        <input type="hidden" name="do" value="facts" />
        <label
          >核实到什么、办到哪一步<small>写明时间、地点、数字、下一步。由交办单位据此公开答复。</small
          ><textarea name="text" required maxlength="5000">${filled?.do === 'facts' && filled.text}</textarea>
        </label>
        <button${view.mayAccept ? '' : html` class="main"`}>提交事实</button>
      </form>
    </section>
    ${view.mayRefuse && refusal(view, action, filled)}`;
}

const refusal = (view: UnitView, action: string, filled: UnitForm | undefined): Html =>
  html`<section class="card">
    <details${filled?.do === 'refuse' && html` open`}>
      <summary>不归本单位管</summary>
      <form method="post" action="${action}">
        <input type="hidden" name="do" value="refuse" />
        <label
          >应由哪个单位办理<small>首接负责：退回须写明下一家。</small
          ><select name="next" required>
            <option value="">请选择</option>
            ${view.choices.map(
              (choice) =>
                html`<option value="${choice.account}" ${filled?.next === choice.account && html` selected`}>
                  ${choice.name}
                </option>`,
            )}
          </select>
        </label>
        <label
          >理由<small>依据哪条职责、为什么归那一家。</small
          ><textarea name="why" required maxlength="500">${filled?.do === 'refuse' && filled.why}</textarea>
        </label>
        <button class="plain">退回，转给写明的单位</button>
      </form>
    </details>
  </section>`;

const factsCard = (view: UnitView): Html =>
  html`<section class="card">
    <h2>贵单位已提供</h2>
    ${view.facts.map(
      (fact) =>
        html`<blockquote>${fact.text}</blockquote>
          <p class="small">${dayAndTime(fact.at)}</p>`,
    )}
  </section>`;

/** 交办单, to print and send: what is asked, by when, and room to answer by hand. */
export function sheetPage(view: UnitView): string {
  const body = html`<div class="sheet card">
    <h1>交办单</h1>
    <table>
      <tr>
        <th scope="row">承办单位</th>
        <td>${view.unit}</td>
      </tr>
      <tr>
        <th scope="row">交办</th>
        <td>${view.asked}，${dayAndTime(view.askedAt)}</td>
      </tr>
      <tr>
        <th scope="row">事项</th>
        <td>${view.title}${view.lifeAtRisk && '（有人身危险）'}</td>
      </tr>
      <tr>
        <th scope="row">地点</th>
        <td>${view.regionName}</td>
      </tr>
      <tr>
        <th scope="row">要求</th>
        <td>${view.why ?? '核实情况，提供事实和办理结果'}</td>
      </tr>
      <tr>
        <th scope="row">期限</th>
        <td>${dayAndTime(view.due)}前</td>
      </tr>
      <tr>
        <th scope="row">时限依据</th>
        <td>${view.rule}</td>
      </tr>
      <tr>
        <th scope="row">核实结果</th>
        <td class="blank"></td>
      </tr>
      <tr>
        <th scope="row">如不归本单位</th>
        <td>应由＿＿＿＿＿＿＿＿办理，理由：</td>
      </tr>
      <tr>
        <th scope="row">承办人、电话</th>
        <td></td>
      </tr>
    </table>
    <p class="small noprint">打印：按浏览器的打印键；本页打印时不带页头。</p>
  </div>`;
  return plainPage({
    title: `交办单，${view.title}`,
    office: view.office,
    drill: view.drill,
    body,
    foot: '本单只供办理使用，不对外公开。',
  });
}
