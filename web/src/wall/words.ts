/** What the wall says beside the sentences of ui/zh.ts: sound, rotation, region, map, hand-offs. */
export const words = {
  sound: {
    off: '声音关',
    on: '声音开',
    blocked: '点一下才出声',
    quiet: '夜间只响急件',
    none: '此屏不能出声',
    title: '升级响一声，急件响两声，无人接手每分钟再响；夜间只响急件',
  },

  rotation: {
    turning: (at: number, of: number, left: number) => `轮播${at}/${of}，${left}秒`,
    held: (at: number, of: number) => `轮播${at}/${of}，已停`,
    paused: (at: number, of: number, left: number) => `轮播${at}/${of}，暂停${left}秒`,
    stale: (at: number, of: number) => `轮播${at}/${of}，等数据`,
    hold: '停住轮播',
    go: '继续轮播',
  },

  region: {
    path: '属地路径',
    all: '全部',
    open: (said: string) => `${said}，点开看下一级`,
    refused: '这块屏看不到所指的属地，仍显示自己的',
    failed: (why: string) => `取不到这一级的计数：${why}`,
    street: '街道',
    map: (number: string) => `审图号：${number}`,
    mapOf: (name: string) => `${name}官方地图`,
    mapSmall: '近1小时，官方地图',
    noShapes: '地图没有这一级，以方格示意',
    unmatched: (n: number) => `${n}处未对上区划`,
    mapFailed: '地图取不到，以方格示意',
  },

  handoffs: {
    heading: '交办未结',
    small: (n: number, late: number) => (late > 0 ? `${n}件，超时${late}` : `${n}件，按时长`),
    none: '没有未结的交办',
    noneSmall: '交办、转办、派警后，按部门记在这里',
    head: ['部门', '5时', '24时', '更久', '最久'],
    late: '超',
    more: (n: number) => `另有${n}个部门`,
    part: '交办',
  },

  /** Less than there was: a source is silent. */
  atLeast: (n: string) => `≥${n}`,
} as const;
