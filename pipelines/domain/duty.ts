/** 主管: the departments a post can concern and an account can answer for. One word each, as used in account files. */
export const DUTIES = [
  '公安',
  '交通',
  '环保',
  '城管',
  '供水',
  '供电',
  '供气',
  '供热',
  '住建',
  '教育',
  '卫健',
  '市监',
  '人社',
  '民政',
  '自然资源与规划',
  '水利',
  '农业',
  '林业',
  '文旅',
  '应急',
  '消防',
  '税务',
  '信访',
  '督办',
  '综合',
  '紧急',
] as const;
export type Duty = (typeof DUTIES)[number];

export const isDuty = (value: unknown): value is Duty =>
  typeof value === 'string' && (DUTIES as readonly string[]).includes(value);
