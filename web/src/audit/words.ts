import type { AuditOutcome } from '../../../pipelines/domain/audit.ts';

/** The page 审计. */
export const words = {
  title: '审计',
  loading: '正在读取',
  asOf: (n: string) => `共${n}条，只增不改`,
  chain: '链是否完整',
  chainSmall: '每条都与前一条相扣；链头另处记下，才能发现末尾被截去',
  headIs: (n: string) => `链头在第${n}条`,
  noted: '另处记下的链头，可不填',
  verify: '逐条核对',
  verifying: '正在核对',
  whole: (n: string) => `${n}条，全部与写下时相同`,
  rows: '操作记录',
  rowsSmall: '新的在前；记谁、做什么、对哪件，设置的改动另写改前改后；不记帖文内容，不记密钥',
  none: '没有记录',
  who: '何人',
  outcome: '结果',
  any: '不限',
  look: '查',
  n: '序号',
  at: '时间',
  what: '做什么',
  subject: '对象',
  more: '更早的',
} as const;

export const OUTCOMES: Readonly<Record<AuditOutcome, string>> = {
  asked: '提出',
  done: '完成',
  refused: '拒绝',
  failed: '失败',
};

/** What has a word of its own; the rest is shown as method and route. */
const WHATS: Readonly<Record<string, string>> = {
  'sign-in': '登录',
  'sign-out': '登出',
  bootstrap: '建立第一位安全管理员',
  person: '添加人员',
  'person-disabled': '停用人员',
  'person-enabled': '恢复人员',
  invitation: '给出一次性链接',
  'invitation-used': '用链接设密码',
  'grant-asked': '提出授权',
  'grant-confirmed': '同意授权',
  'grant-rejected': '不同意授权',
  'grant-alone': '单人授权',
  display: '添加大屏',
  'display-removed': '移除大屏',
  password: '换密码',
  'second-factor-on': '开通手机验证码',
  'second-factor-off': '停用手机验证码',
  'POST /api/v1/incidents/:id/contact': '查看联系方式',
  'POST /api/v1/posts/:id/review': '核对判断',
  'POST /api/v1/dead-letters/replay': '重放死信',
  'POST /api/v1/dead-letters/drop': '丢弃死信',
  'POST /api/v1/settings/taxonomy': '改分类词',
  'POST /api/v1/settings/taxonomy/try': '试分类词',
  'POST /api/v1/settings/taxonomy/restore': '恢复分类词',
  'POST /api/v1/settings/places': '改地名',
  'POST /api/v1/settings/places/try': '试地名',
  'POST /api/v1/settings/places/restore': '恢复地名',
  'POST /api/v1/settings/retention': '改留存天数',
  'POST /api/v1/settings/retention/preview': '看下次会遮多少',
  'POST /api/v1/settings/retention/restore': '恢复留存天数',
  'POST /api/v1/settings/erase': '按请求抹除',
  'POST /api/v1/settings/erase/preview': '找要抹除的',
  'POST /api/v1/settings/models/calibration': '校准模型',
  'POST /api/v1/settings/models/calibration/preview': '看校准会变什么',
  'POST /api/v1/settings/models/calibration/restore': '恢复校准',
  'export /api/v1/settings/models/cases/export': '导出已核案例',
};
export const whatWords = (what: string): string => WHATS[what] ?? what;

const WHYS: Readonly<Record<string, string>> = { wrong: '姓名、密码或验证码不对', throttled: '试的次数太多' };
export const whyWords = (why: string): string => WHYS[why] ?? why;
