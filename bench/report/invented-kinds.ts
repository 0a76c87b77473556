import type { Duty } from '../../pipelines/domain/duty.ts';
import type { IncidentKind } from '../../pipelines/domain/incident.ts';
import type { NeedKind } from '../../pipelines/domain/post.ts';

/** One kind of incident that a generated week is made of. Everything here is invented; places are real, events are not. */
export interface InventedKind {
  readonly title: string;
  readonly kind: IncidentKind;
  readonly need: NeedKind | null;
  readonly duty: readonly Duty[];
  readonly terms: readonly string[];
  readonly lifeAtRisk?: true;
  /** The sentence that is heard; kinds without it are complaints and pleas. */
  readonly claim?: string;
  readonly says: readonly string[];
  readonly answer: string;
  readonly account: string;
}

/** `{place}` becomes the street or town. */
export const INVENTED_KINDS: readonly InventedKind[] = [
  {
    ...{ title: '网传{place}水库连夜泄洪、下游转移', kind: '谣言', need: '咨询', duty: ['水利', '应急'] },
    ...{ terms: ['水库', '泄洪', '转移'], claim: '{place}水库今晚要泄洪，下游村子全部连夜转移' },
    says: ['{place}水库今晚真的要泄洪吗？镇上没有通知', '建议把{place}水库的实时水位公开，一查就知道'],
    answer: '{place}水库水位在汛限以下，今晚没有泄洪安排，请以水利部门通报为准，有疑问请拨打12345。',
    account: 'ly-water-works',
  },
  {
    ...{ title: '{place}多个小区停暖三天', kind: '投诉', need: '投诉', duty: ['供热', '住建'] },
    ...{ terms: ['停暖', '供热', '小区'] },
    says: [
      '{place}小区停暖三天了，老人孩子冻得睡不着',
      '{place}供热电话一直占线，到底什么时候能修好',
      '求助，{place}家里有刚出生的孩子，室温只有11度',
    ],
    answer: '{place}主管网漏点已经找到，抢修队在现场，预计今晚22时前恢复供热。',
    account: 'ly-urban',
  },
  {
    ...{ title: '{place}化工园夜间有刺鼻异味', kind: '舆情', need: '举报', duty: ['环保'] },
    ...{ terms: ['异味', '化工园', '刺鼻'] },
    says: [
      '{place}化工园又偷排了，味道刺鼻，窗户都不敢开',
      '举报{place}化工园半夜排放，天天如此',
      '{place}的异味有没有毒，谁来测一测',
    ],
    answer: '执法人员已到{place}化工园走航监测，两家企业停产检查，监测数据每六小时公布一次。',
    account: 'ly-env',
  },
  {
    ...{ title: '{place}自来水发黄有异味', kind: '投诉', need: '投诉', duty: ['供水'] },
    ...{ terms: ['自来水', '发黄'] },
    says: ['{place}自来水是黄的，不敢喝', '{place}的水有铁锈味，换了滤芯也没用', '{place}水质检测报告能不能公开'],
    answer: '{place}管网冲洗已经开始，水质检测结果今天18时公布，送水车停在路口。',
    account: 'ly-water',
  },
  {
    ...{ title: '网传{place}小学食堂吃坏几十个孩子', kind: '谣言', need: '咨询', duty: ['教育', '市监'] },
    ...{ terms: ['小学', '食堂', '孩子'], claim: '{place}小学食堂吃坏了几十个孩子，全送医院了' },
    says: ['{place}小学食堂的事是真的吗？家长群都炸了', '{place}小学为什么不出来说一句话'],
    answer: '{place}小学6名学生出现腹泻，均已离院回家，留样检测结果明早公布，没有几十人送医。',
    account: 'ly-edu',
  },
  {
    ...{ title: '{place}老人清晨走失', kind: '求助', need: '求助', duty: ['公安', '紧急'], lifeAtRisk: true },
    ...{ terms: ['走失', '老人'] },
    says: ['求助扩散，{place}一位老人今早走失，穿蓝色棉袄', '{place}走失老人有人在河边见过'],
    answer: '{place}走失老人已由民警找到，身体平安，感谢大家帮忙。',
    account: 'ly-police',
  },
  {
    ...{ title: '{place}路口信号灯坏了两周', kind: '建议', need: '建议', duty: ['交通', '公安'] },
    ...{ terms: ['信号灯', '路口'] },
    says: ['{place}路口红绿灯坏了两周，早高峰全靠抢', '建议{place}学校门口加一个信号灯'],
    answer: '{place}路口信号灯配件已到，今晚施工，期间有交警值守。',
    account: 'ly-traffic-police',
  },
  {
    ...{ title: '{place}欠薪工人聚集讨要工资', kind: '投诉', need: '求助', duty: ['人社', '住建'] },
    ...{ terms: ['欠薪', '工资', '工地'] },
    says: [
      '{place}工地干了半年没发工资，快过年了',
      '{place}欠薪的事谁管，跑了三个部门',
      '{place}项目部没人，工资找谁要',
    ],
    answer: '{place}欠薪项目已立案，首批工资本周五前发到卡里，现场设了登记点。',
    account: 'ly-hr',
  },
];
