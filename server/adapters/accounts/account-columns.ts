import type { Tier } from '../../../pipelines/domain/tier.ts';

/** The columns of a table of accounts: the heading we write first, then the others that are read. docs/matrix.md lists them. */
export const COLUMNS = [
  ['id', '编号', 'id', '账号编号'],
  ['name', '名称', 'name', '账号', '账号名称'],
  ['unit', '单位', 'unit', '责任单位', '主办单位'],
  ['tier', '层级', 'tier', '级别'],
  ['region', '属地', 'region', '区划代码', '辖区', 'adcode'],
  ['place', '地点', 'place', '只管地点'],
  ['duties', '职责', 'duties', '主管', 'duty'],
  ['public', '公开账号', 'public', '有无公开账号', '是否公开'],
  ['parent', '上级', 'parent', '上级账号', '上级单位'],
  ['hours', '值班时间', 'hours', '值班'],
  ['channels', '平台账号', 'channels', '平台'],
  ['contact', '联系方式', 'contact', '联系电话', '电话', '值班电话'],
] as const;
export type Column = (typeof COLUMNS)[number][0];

/** What a heading means; undefined for an office's own notes. */
export function columnOf(heading: string): Column | undefined {
  const said = (heading.split(/[（(]/)[0] ?? '').replace(/[\s*＊]/g, '').toLowerCase();
  return COLUMNS.find((words) => words.some((word) => word === said))?.[0];
}

export const headingOf = (column: Column): string => COLUMNS.find(([name]) => name === column)?.[1] ?? column;

const TIER_WORDS: readonly (readonly [Tier, ...string[]])[] = [
  ['village', '村', '社区', '村社区', '村/社区'],
  ['town', '街道', '乡镇', '镇', '乡', '街道乡镇', '街道/乡镇', '派出所'],
  ['county', '区县', '区', '县', '区/县', '县级市', '分局'],
  ['city', '市', '地市', '地级市', '市局'],
  ['province', '省', '自治区', '直辖市', '省厅'],
  ['nation', '全国', '国家', '中央'],
];

/** 区县, 区 … or the English word itself; what is not known comes back as it is, for the reader to refuse. */
export const tierOf = (text: string): string =>
  TIER_WORDS.find((words) => words.some((word) => word === text))?.[0] ?? text;
