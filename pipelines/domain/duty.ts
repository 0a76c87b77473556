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

/** 垂直管理: departments that answer to the same department one tier up, which therefore coordinates (国办发〔2016〕61号). */
export const VERTICAL_DUTIES: readonly Duty[] = ['税务', '消防'];

export const isDuty = (value: unknown): value is Duty =>
  typeof value === 'string' && (DUTIES as readonly string[]).includes(value);
