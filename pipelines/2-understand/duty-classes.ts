import type { Duty } from '../domain/duty.ts';

/** The seven classes of citizens' messages that are learned with labels, and the duties each of them covers. */
export const DUTY_CLASSES = {
  城乡建设: ['住建', '城管', '供水', '供电', '供气', '供热', '自然资源与规划', '消防'],
  环境保护: ['环保'],
  交通运输: ['交通'],
  教育文体: ['教育'],
  劳动和社会保障: ['人社'],
  商贸旅游: ['市监', '文旅'],
  卫生计生: ['卫健'],
} as const satisfies Readonly<Record<string, readonly Duty[]>>;
export type DutyClass = keyof typeof DUTY_CLASSES;
export const DUTY_CLASS_NAMES = Object.keys(DUTY_CLASSES) as DutyClass[];

/** The class a duty belongs to; -1 where no labelled class covers it. */
export const classOfDuty = (duty: Duty): number =>
  DUTY_CLASS_NAMES.findIndex((name) => (DUTY_CLASSES[name] as readonly Duty[]).includes(duty));
