import type { AnswerClock, Grade, AnswerCase } from '../domain/suggestion.ts';

/** Minutes. Local offices may set their own, tighter ones; see docs of the deployment. */
export interface ClockRules {
  /** Life at risk: until the station and the command centre have been told. */
  readonly lifeAtRisk: number;
  /** 特别重大·重大: first authoritative word. The 24 h briefing follows it. */
  readonly grave: number;
  /** Everything else. */
  readonly ordinary: number;
  /** Local options; left out, `ordinary` serves. */
  readonly rumor?: number;
  readonly disaster?: number;
}

/**
 * In substance after 国办发〔2016〕61号 (48 h, 24 h briefing) and 80号 (5 h first word); 15 min is a local rule of ours, since no text
 * sets one. When a clock starts is the office's stated choice and not decided here.
 */
export const CLOCK_RULES: ClockRules = { lifeAtRisk: 15, grave: 5 * 60, ordinary: 48 * 60 };

export function setClock(
  theCase: AnswerCase,
  lifeAtRisk: boolean,
  grade: Grade | undefined,
  rules: ClockRules,
): AnswerClock {
  if (lifeAtRisk)
    return {
      rule: `危及生命：${said(rules.lifeAtRisk)}内派警并通知指挥中心（本地规则，可配置）`,
      minutes: rules.lifeAtRisk,
    };
  if (grade === '特别重大' || grade === '重大')
    return {
      rule: `${grade}突发事件：${said(rules.grave)}内首次权威发布（国办发〔2016〕80号），24 小时内开发布会（61号）`,
      minutes: rules.grave,
    };
  if (theCase.kind === '谣言' && rules.rumor !== undefined)
    return { rule: `传言核查：${said(rules.rumor)}内回应（本地规则，可配置）`, minutes: rules.rumor };
  if (theCase.kind === '灾害' && rules.disaster !== undefined)
    return { rule: `灾害：${said(rules.disaster)}内首次发布（本地规则，可配置）`, minutes: rules.disaster };
  return { rule: `一般政务舆情：${said(rules.ordinary)}内回应（国办发〔2016〕61号）`, minutes: rules.ordinary };
}

/** 15 分钟, 5 小时, 1 小时 30 分钟. */
export function said(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes % 60);
  return [hours > 0 ? `${hours} 小时` : '', rest > 0 || hours === 0 ? `${rest} 分钟` : ''].filter(Boolean).join(' ');
}
