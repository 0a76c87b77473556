import type { Scenario } from './planted-scenarios.ts';

const phrases = (joined: string): string[] => joined.split('|');

/**
 * Other happenings in other words, that no threshold and no word list was ever looked at against: what `evaluate watch` says of them
 * is what a new kind of incident may expect. Whoever tunes on them moves them to planted-scenarios.ts and writes new ones.
 */
export const HELD_OUT_SCENARIOS: readonly Scenario[] = [
  {
    kind: 'complaint',
    happens: phrases(
      '{estate}的电梯坏了半个月|{estate}两部电梯全停了没人修|住{estate}天天爬十八层|{estate}电梯又把人关在里面|{estate}的电梯一直在报故障|为什么{estate}电梯修了半个月还不能用',
    ),
    details: phrases(
      '家里老人腿脚不好下不了楼|快递外卖都不肯送上来|维保单位说配件没到|物业费照收不误|上周还夹到过小朋友|坐轮椅的邻居已经十天没出门|公示栏上检验日期都过期了',
    ),
    ends: phrases('谁能来管一管|质监部门不查吗|打了热线让我们等|要等到什么时候|业主群都炸锅了|希望给个明确时间'),
  },
  {
    kind: 'complaint',
    happens: phrases(
      '{road}公交说停就停了|{road}站等了一个钟头没有一班车|现在去{road}一趟公交都没有|{road}那条公交线路取消了|{road}的公交改线也不通知|早高峰{road}站台挤了上百人等不到车',
    ),
    details: phrases(
      '学生上学全靠它|打车要三十块|站牌上还贴着旧时刻表|老人办的卡没地方用|公司说客流不够|上班天天迟到|冬天站在风口里等',
    ),
    ends: phrases(
      '交通局能不能给条活路|请恢复线路|哪怕一小时一班也行|反映过好几回没人理|有没有替代方案|附近几个村都出不去',
    ),
  },
  {
    kind: 'complaint',
    happens: phrases(
      '{estate}的暖气根本不热|{estate}屋里只有十二度|交了取暖费{estate}还是冰凉|{estate}供热管道爆了一直没修好|入冬以来{estate}就没暖过|{estate}家家都在开电热毯',
    ),
    details: phrases(
      '孩子在家穿羽绒服写作业|测温员来了说达标|月子里的产妇冻感冒了|锅炉房说压力上不去|退费的事提都不提|楼上楼下都一样|水管摸着是凉的',
    ),
    ends: phrases('供热公司出来说句话|什么时候能热起来|要求退费|打电话永远占线|年年如此|请住建局督促一下'),
  },
  {
    kind: 'accident',
    happens: phrases(
      '{road}化工品罐车翻了|一辆槽罐车在{road}侧翻|{road}罐车倒了，白烟往外冒|{road}有危化品车出事|刚刚{road}罐车翻车漏了一地|{road}那里罐车撞护栏翻倒',
    ),
    details: phrases(
      '味道很呛，眼睛睁不开|两头都封路了|穿防护服的人在堵漏|附近商户都被劝走|司机已经救出来|往下水道里流|洒水车一直在冲',
    ),
    ends: phrases('住附近的关好窗户|要不要撤离|求告知是什么东西|大家别往那边走|希望没大事|等消息'),
  },
  {
    kind: 'accident',
    happens: phrases(
      '{school}有看台塌了|{school}操场的围墙倒了|{school}体育馆顶棚掉下来|听见{school}轰的一声，墙塌了|{school}在建的楼倒了一角|{school}教学楼外墙整片脱落',
    ),
    details: phrases(
      '有学生被砸到|救护车停在校门口|老师带着孩子们往操场跑|家长都赶过来了|当时正在上体育课|昨天还有人说墙裂了|现场拉了线不让进',
    ),
    ends: phrases('孩子们怎么样了|千万别有事|谁验收的|学校给个说法|为孩子们祈福|追责到底'),
  },
  {
    kind: 'accident',
    happens: phrases(
      '{road}煤气管道被挖断了|施工把{road}燃气挖漏了|{road}地下管道在喷气|{road}一股很浓的煤气味|{road}燃气泄漏，整条街在疏散|{road}挖机碰到燃气管',
    ),
    details: phrases(
      '声音像飞机起飞|店铺全部关门|不让打电话不让抽烟|抢修车刚到|楼里的人都下来了|警察在挨家敲门|已经闻了一个多小时',
    ),
    ends: phrases('千万别点火|什么时候能修好|注意安全|施工队是谁家的|老人孩子先走|盼没事'),
  },
  {
    kind: 'disaster',
    happens: phrases(
      '{road}的河堤快守不住了|河水漫过{road}的堤了|{road}边上河堤裂了口子|{road}这段堤坝在渗水|水已经到{road}堤顶|{road}河堤决口，水往村里灌',
    ),
    details: phrases(
      '村里喇叭在喊往高处走|都在扛沙袋|庄稼全没了|牲口来不及赶|武警刚到|桥也不让过了|雨一点没有停的意思',
    ),
    ends: phrases('大家快撤|缺沙袋缺编织袋|请支援|守堤的人辛苦了|多保重|上游还在放水吗'),
  },
  {
    kind: 'disaster',
    happens: phrases(
      '刚刚{road}一阵龙卷风|大风把{road}的屋顶全掀了|{road}刮龙卷风，棚子飞上天|{road}的广告牌被狂风吹倒一片|龙卷风从{road}过去，树连根拔|{road}遭了风灾，房子没了顶',
    ),
    details: phrases(
      '鸡蛋大的冰雹跟着下来|电线断在路上|大棚全毁了|有人被砸伤送医|停着的车翻了个|前后不到十分钟|电到现在没来',
    ),
    ends: phrases('活了五十年没见过|有没有人来看看灾情|都还好吗|今年的收成完了|别碰断线|求帮助'),
  },
  {
    kind: 'rumor',
    happens: phrases(
      '听说{school}查出传染病停课了|网传{school}十几个孩子得了怪病|{school}有传染病是真的吗|群里说{school}封校了|据说{school}老师也被隔离了|都在传{school}有孩子确诊，求证实',
    ),
    details: phrases(
      '截图看着像聊天记录|有说是诺如有说是水痘|班主任不接电话|外地亲戚都来问|药店的消毒水卖光了|朋友圈转疯了|没有任何通知',
    ),
    ends: phrases('疾控能不能说一声|到底是不是真的|别自己吓自己|求辟谣|送不送孩子去啊|谁有准信'),
  },
  {
    kind: 'rumor',
    happens: phrases(
      '听说{road}那家银行取不出钱了|网传{road}的银行要倒闭|{road}银行门口排长队是真的吗|都说{road}那家信用社没钱了|据说{road}银行行长跑了|有人在传{road}的存款取不了',
    ),
    details: phrases(
      '我妈一大早就去排队|柜台限额两万|保安说是系统升级|不知道谁先传的|取号机都空了|有老人哭了|视频里人山人海',
    ),
    ends: phrases('真的假的|求银行回应|要不要去取|别听风就是雨|金融办出来说句话|谣言吧'),
  },
  {
    kind: 'plea',
    happens: phrases(
      '求助！{age}岁的{person}清早从{road}出门后失联|请帮忙找人，{person}在{road}坐车后再没消息|{person}走丢了，最后一次在{road}被人看到，求扩散|谁在{road}见过我家老人，已经失联一夜|老人从{road}的家里走出去没回来，急|急急急！{person}在{road}走失，求好心人帮忙',
    ),
    details: phrases(
      '左手有块胎记|戴一顶旧毡帽|记不住家里号码|有高血压要按时吃药|只会说本地土话|口袋里可能有公交卡|拄着一根木拐杖',
    ),
    ends: phrases(
      '看到请马上报警或联系我们|求大家转给身边的人|家里已经翻遍了，求帮助|任何线索都请电话联系|麻烦留意公园和车站，谢谢|必有重谢，请联系家属',
    ),
  },
  {
    kind: 'plea',
    happens: phrases(
      '救命，我们被山洪困在{estate}屋顶|{estate}泥石流把路冲断，几家人被困|{estate}有产妇和婴儿被困，急需救援|求救，{estate}二楼困着老人出不来|洪水进了{estate}，我父母被困联系不上|{estate}的房子要塌了，里面还有人被困，快救人',
    ),
    details: phrases('屋里水到胸口了|没有船过不来|信号马上要断|药吃完了|天快黑了|绳子不够长|墙已经裂开'),
    ends: phrases(
      '谁能帮忙联系救援队|求求你们快来|请大家转发求助|打不通救援电话，求帮忙|急需冲锋舟|请附近的人帮帮我们',
    ),
  },
];
