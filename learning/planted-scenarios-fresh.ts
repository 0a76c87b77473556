import type { Scenario } from './planted-scenarios.ts';

const phrases = (joined: string): string[] => joined.split('|');

/**
 * A third set of happenings, written before the method was changed on 28 November 2026 and first looked at when it no longer was. Its
 * figures are the ones to quote. Whoever reads what was missed here and then changes the method has spent it: write new ones.
 */
export const FRESH_SCENARIOS: readonly Scenario[] = [
  {
    kind: 'complaint',
    happens: phrases(
      '{estate}的垃圾一个星期没人收|{estate}门口垃圾堆成山|没人来{estate}清运垃圾了|{estate}垃圾桶满得溢出来|{estate}楼下全是垃圾，苍蝇乱飞|我们{estate}的生活垃圾到底归谁拉',
    ),
    details: phrases(
      '下雨以后污水流到单元门|环卫说合同到期了|老鼠半夜翻袋子|孩子都不敢下楼玩|夏天根本没法开窗|物业和街道互相推|清洁工好几个月没发钱',
    ),
    ends: phrases('麻烦派车来拉走|这样也能评文明小区？|有没有领导看看|交了卫生费的|拍了照片也没用|盼着早点解决'),
  },
  {
    kind: 'complaint',
    happens: phrases(
      '{school}又让交三百块资料费|{school}强制买平板电脑|{school}收校服钱不给发票|{school}开学要交各种班费|{school}说自愿，不交就点名|{school}的课后服务变成补课收钱',
    ),
    details: phrases(
      '一个学期交了五回|家委会在群里接龙|钱打到私人账户|老师说别家都交了|低保家庭也不减|收据上只写了代办|不买的孩子坐最后一排',
    ),
    ends: phrases('这合规吗|请教育部门查一查|能退回来吗|家长敢怒不敢言|普通人家负担不起|谁定的规矩'),
  },
  {
    kind: 'complaint',
    happens: phrases(
      '{road}挖了大半年还没铺好|{road}坑坑洼洼车都开不了|{road}修了又挖，挖了又修|{road}工程停工，路面全是碎石|每天走{road}像过越野赛|{road}一段路烂得没法看',
    ),
    details: phrases(
      '一下雨就是泥塘|轮胎扎破两回了|围挡里一个工人都没有|老人骑三轮翻过沟|救护车都进不来|施工牌写着三月完工|尘土大得对面看不见人',
    ),
    ends: phrases('到底还修不修|给个日期行不行|市政的人走一趟试试|反映信石沉大海|做生意的都搬走了|拜托了'),
  },
  {
    kind: 'accident',
    happens: phrases(
      '{road}游乐场的大摆锤停在半空了|{road}那个乐园过山车卡在最高处|{road}游乐园设备出故障，人挂在上头|刚才{road}游乐场转盘甩下来人|{road}公园的海盗船坏了，下不来|{road}游乐场出事了，全场停了',
    ),
    details: phrases(
      '上面有二十来个游客|小孩哭得撕心裂肺|已经吊了四十分钟|消防架了长梯|开机器的人跑了|下面围得水泄不通|有人的鞋都掉下来了',
    ),
    ends: phrases('以后再也不敢玩|年检做没做|平平安安下来|吓得腿软|还在营业真离谱|家属快来现场'),
  },
  {
    kind: 'accident',
    happens: phrases(
      '{road}冷库漏氨了|{road}肉联厂一股呛人的气|{road}那家冷冻厂跑氨|{road}冷库阀门崩开，白雾一片|闻着{road}食品厂氨水味|{road}厂区氨气往居民区飘',
    ),
    details: phrases(
      '工人捂着湿毛巾跑出来|眼睛流泪不止|树叶一下午全黄了|抬出来三个昏过去的|风正往学校那边刮|厂里不让拍|喷淋车排了一列',
    ),
    ends: phrases('快往上风口走|有没有毒啊|谁知道情况怎么样|老厂早该搬了|让孩子别出教室|保佑工人没事'),
  },
  {
    kind: 'accident',
    happens: phrases(
      '{estate}电梯从十二楼掉下去了|{estate}一部电梯突然下坠|{estate}的电梯钢绳断了|{estate}电梯直接蹾底，里面有人|听见{estate}电梯井咚的一声|{estate}电梯冲顶又掉下来',
    ),
    details: phrases(
      '一家三口在里面|腿骨折的是个年轻人|按钮全黑了|维保的人来了又走|前天才报过故障|门撬了一小时|救护人员在楼道里等',
    ),
    ends: phrases('现在没人敢坐|物业必须负责|但愿人没大碍|谁来管管老电梯|好可怕|换新的要等到啥时候'),
  },
  {
    kind: 'disaster',
    happens: phrases(
      '{road}后面的山着了|{road}林子烧起来了|山火快烧到{road}的房子|{road}那片山头整夜通红|{road}边上起山火，灰飘到院里|风一吹{road}的火线又过来了',
    ),
    details: phrases(
      '打火队背着风机上山|全村都在挖隔离带|直升机吊水来了几趟|烟大得车开着灯走|老坟那边先冒的烟|牛羊都赶到河滩了|通信基站烧断了',
    ),
    ends: phrases('盼一场雨|扑火的人千万当心|上山的快回来|住山边的准备走|谁点的火|心都揪着'),
  },
  {
    kind: 'disaster',
    happens: phrases(
      '{road}地震了，灯都在晃|刚才{road}摇了好几下|{road}震得柜子倒了|有感觉吗，{road}在地震|{road}地震，大家都跑到空地|半夜{road}被震醒',
    ),
    details: phrases('墙皮掉了一地|瓶瓶罐罐碎了|狗叫了半宿|学校把学生带到操场|连着来了两回|老房子裂了缝|手机打不出去'),
    ends: phrases('几级啊|别坐电梯|都平安吧|今晚不敢睡屋里|还会不会再来|报个平安'),
  },
  {
    kind: 'rumor',
    happens: phrases(
      '网传{road}那个超市卖人造鸡蛋|听说{road}超市的鸡蛋是假的|{road}超市卖塑料大米是真的吗|群里传{road}超市的肉有问题|据说{road}超市被查了|都说{road}那家超市别去了，东西是假的',
    ),
    details: phrases(
      '视频里蛋黄能弹起来|邻居已经去退货|店员说没这回事|配音听着不是本地口音|有人说拿去化验了|米泡水漂起来|转了好几个群',
    ),
    ends: phrases('是不是真的啊|谁能证实一下|市场监管局说句话|别瞎传|求真相|吃过的怎么办'),
  },
  {
    kind: 'rumor',
    happens: phrases(
      '听说{estate}下面埋过废料，住的人得癌|网传{estate}辐射超标|据说{estate}要拆，三年内补偿|{estate}旁边的塔有辐射是真的吗|群里都说{estate}得怪病的多|有人传{estate}地基有问题要塌',
    ),
    details: phrases(
      '拿仪器测的图不知真假|房价一下掉了|中介说没听过|去年走了两个邻居|专家的名字查不到|电信的人被堵在门口|业主群三百条没停',
    ),
    ends: phrases('到底有没有这事|求官方给个说法|别自己吓自己|有人去问过环保吗|真的假的|听听就好吧'),
  },
  {
    kind: 'plea',
    happens: phrases(
      '求助！五岁男孩在{road}跟大人走散|谁看见一个小男孩，在{road}不见的|孩子在{road}玩着玩着就没了，急|寻找走失男童，最后在{road}出现|求扩散，{road}附近一个小男孩走丢|我儿子下午在{road}走失，求大家帮忙',
    ),
    details: phrases(
      '蓝色短袖，背一个小书包|不太会说话|剃了光头，额头有疤|手里拿着一辆玩具车|会背妈妈的电话|可能跟着别人上了车|鞋子只穿了一只',
    ),
    ends: phrases(
      '看到请先抱住他再报警|有消息请打电话联系孩子妈妈|全家都在找，请帮忙留意|麻烦店家看一下监控，谢谢联系|求好心人转一转|有线索必谢，请联系我们',
    ),
  },
  {
    kind: 'plea',
    happens: phrases(
      '救人！{estate}后面的井里掉进去人了|{estate}地下室进水，保安被困在里面|{estate}墙倒了压着人，快来救|求救援，{estate}塌了半边还有人在里头|{estate}有个老太太反锁在着火的屋里，求救|我们困在{estate}楼顶下不来，求救',
    ),
    details: phrases(
      '喊话还有回应|只有一个小口能递水|邻居用手在刨|氧气怕是不够|电话打过去占线|路被堵了车进不来|烟从门缝往外冒',
    ),
    ends: phrases(
      '谁有工具快送来，急需|求附近的救援队联系我们|请帮忙打电话催一催|救救他，求求了|请大家转发求助|有懂急救的快来帮忙',
    ),
  },
];
