import type { Section } from '../domain/report.ts';
import { TIER_NAMES } from '../domain/tier.ts';
import type { WeekFacts } from './facts.ts';
import { count, say, span, word } from './say.ts';
import { LEAST_CASES } from './week-figures.ts';
import { letterAt, mostImportant } from './show-incidents.ts';

/** 国办秘函〔2019〕19号 and the bulletins that apply it: two weeks without an update; some provinces look after ten days. */
const SILENT_DAYS = 14;
const QUIET_DAYS = 10;

/** 账号健康: silence and unanswered hand-offs by account, in the order of the matrix; never a ranking. */
export function accountHealth(facts: WeekFacts): Section {
  const { from, to } = facts.week;
  const noteworthy = facts.accounts.filter(({ daysSilent, waiting }) => (daysSilent ?? 0) > QUIET_DAYS || waiting > 0);
  const asked = facts.accounts.filter((account) => account.asked > 0);
  const spoke = asked.filter((account) => account.spoke > 0);
  const question = { of: 'accounts', from, to } as const;
  return {
    id: 'accounts',
    title: '账号健康',
    blocks: [
      {
        kind: 'sentences',
        items: [
          say(
            `矩阵中公开账号${facts.accounts.length}个，本周有交办的${asked.length}个，其中${spoke.length}个本周在事件中发过声。`,
            { question },
          ),
        ],
      },
      {
        kind: 'table',
        caption: `超过${QUIET_DAYS}天没有发声（${SILENT_DAYS}天为限），或有未回应的交办；按矩阵次序，不排名次；只计经事件档案的发声`,
        columns: ['账号', '单位', '本周交到', '本周发声', '未发声', '未回应', '最久'],
        widths: [20, 24, 9, 9, 14, 9, 12],
        rows: noteworthy.map(({ name, unit, daysSilent, waiting, oldestUnanswered, ...week }) => [
          word(name, { question }),
          word(unit),
          count(week.asked, { question }),
          count(week.spoke, { question }),
          word(
            daysSilent === null
              ? '没有记录'
              : `${daysSilent}天${daysSilent > SILENT_DAYS ? '，超期' : daysSilent > QUIET_DAYS ? '，将到期' : ''}`,
          ),
          count(waiting, { question }),
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
  const all = mostImportant(facts.incidents, week);
  return {
    id: 'appendix',
    title: '附录',
    blocks: [
      {
        kind: 'table',
        caption: '全部事件',
        columns: ['号', '事件', '地点', '最高台阶', '去重', '全部', '热度'],
        widths: [6, 36, 26, 10, 9, 9, 7],
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
        items: METHOD.map((text) => say(text, { question: { of: 'posts', from: week.from, to: week.to } })).concat(
          say(`程序${versions.program}，模型${versions.weights}，存储${versions.store}。`, {
            question: { of: 'sources', from: week.from, to: week.to },
          }),
        ),
      },
      {
        kind: 'note',
        text: '本报告不列作者，不排转发，不列“敏感人员”，不请求删帖；作者在入库时即改为化名，正文中的电话、证件号与住址已遮。',
      },
    ],
  };
}

/** Method, thresholds and words, as docs/report.md has them. */
const METHOD = [
  '去重：文本相同或近似度0.8以上算一帖，记在首见的一周；“全部”含转发与近似的重复。',
  `比率：分母不足${LEAST_CASES}件的写“样本不足”；回声与残留的一段不足10帖的写“样本不足”。中位取前八周，不足八周取已有各周。`,
  '按时回应率：时限内首次回应÷（已回应＋逾期未答）；转发不算首次回应，派警不算公开回应。',
  '扩散台阶：村、街道、区县、市、省、全国，按越出下一级的证据逐级上升，只升不降；事件会冷却。',
  '热度：0至100，由量、互动、增长与媒体权重按对数合成，不是法定分级；法定分级由人填写。',
  '已落地：答复后6时内仍在转述或追问的占比，95%区间上限低于30%，且比答复前确有下降。',
  '传言只在第二人确认后写核实结果；没有人核实的一律写“待核实”。',
] as const;
