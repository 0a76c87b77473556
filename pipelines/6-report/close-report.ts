import type { Section } from '../domain/report.ts';
import { TIER_NAMES } from '../domain/tier.ts';
import type { WeekFacts } from './facts.ts';
import { count, say, span, word } from './say.ts';
import { letterAt, mostImportant } from './show-incidents.ts';

/** 国办秘函〔2019〕19号 and the bulletins that apply it: two weeks without an update. */
const SILENT_DAYS = 14;

/** 账号健康: silence and unanswered messages by account, in the order of the matrix; never a ranking. */
export function accountHealth(facts: WeekFacts): Section {
  const { from, to } = facts.week;
  const noteworthy = facts.accounts.filter(
    ({ daysSilent, oldestUnanswered }) => (daysSilent ?? 0) > SILENT_DAYS || oldestUnanswered !== null,
  );
  return {
    id: 'accounts',
    title: '账号健康',
    blocks: [
      {
        kind: 'table',
        caption: '超过14天未更新，或有未回应的事件；按矩阵次序',
        columns: ['账号', '单位', '未更新', '最久未回应'],
        rows: noteworthy.map(({ name, unit, daysSilent, oldestUnanswered }) => [
          word(name, { question: { of: 'accounts', from, to } }),
          word(unit),
          word(daysSilent === null ? '不知' : `${daysSilent}天`),
          word(oldestUnanswered === null ? '—' : span(oldestUnanswered)),
        ]),
        empty: '没有需要提醒的账号',
      },
    ],
  };
}

/** 附录: every incident of the week, how it was counted, and what is left out on purpose. */
export function appendix(facts: WeekFacts): Section {
  const { week, versions } = facts;
  const all = mostImportant(facts.incidents);
  return {
    id: 'appendix',
    title: '附录',
    blocks: [
      {
        kind: 'table',
        caption: '全部事件',
        columns: ['号', '事件', '地点', '最高台阶', '去重', '全部', '热度'],
        rows: all.map(({ incident, place }, at) => [
          word(letterAt(at)),
          word(incident.title, { incidents: [incident.id] }),
          word(place),
          word(TIER_NAMES[incident.rung]),
          count(incident.count, { incidents: [incident.id] }),
          count(incident.copies, { incidents: [incident.id] }),
          count(Math.round(incident.heat), { incidents: [incident.id] }),
        ]),
        empty: '本周没有事件',
      },
      {
        kind: 'sentences',
        items: [
          say(
            '帖量按正文去重，记在首见的一周；事件由帖文聚成，台阶只升不降，事件会冷却；热度0至100，由量、互动、增长与媒体权重按对数合成，不是法定分级。',
            { question: { of: 'posts', from: week.from, to: week.to } },
          ),
          say(`程序${versions.program}，模型${versions.weights}，存储${versions.store}。`, {
            question: { of: 'sources', from: week.from, to: week.to },
          }),
        ],
      },
      {
        kind: 'note',
        text: '本报告不列作者，不排转发，不列“敏感人员”，不请求删帖；作者在入库时即改为化名，正文中的电话、证件号与住址已遮。',
      },
    ],
  };
}
