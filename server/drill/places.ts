/** The drill's city by its real divisions; streets, estates, villages, parks and schools in it are invented. */
export interface District {
  /** 洛龙 */
  readonly short: string;
  /** 洛龙区 */
  readonly name: string;
  readonly code: string;
  /** How many of the city's posts come from it, relative to the others. */
  readonly weight: number;
  readonly towns: readonly string[];
}

const district = (code: string, short: string, name: string, weight: number, towns: string): District => ({
  code,
  short,
  name,
  weight,
  towns: towns.split(' '),
});

export const DISTRICTS = {
  laocheng: district('410302', '老城', '老城区', 5, '西关街道 南关街道 洛浦街道 邙山街道'),
  xigong: district('410303', '西工', '西工区', 11, '王城路街道 金谷园路街道 西工街道 唐宫路街道 汉屯路街道'),
  chanhe: district('410304', '瀍河', '瀍河回族区', 5, '东关街道 北窑街道 塔湾街道 五股路街道'),
  jianxi: district('410305', '涧西', '涧西区', 13, '湖北路街道 天津路街道 长春路街道 南昌路街道 重庆路街道'),
  luolong: district('410311', '洛龙', '洛龙区', 15, '开元路街道 关林街道 太康东路街道 古城街道 龙门街道'),
  yanshi: district('410307', '偃师', '偃师区', 8, '首阳山街道 槐新街道 顾县镇 缑氏镇 府店镇'),
  mengjin: district('410308', '孟津', '孟津区', 7, '城关镇 会盟镇 平乐镇 送庄镇 朝阳镇'),
  xinan: district('410323', '新安', '新安县', 6, '汉关街道 磁涧镇 铁门镇 五头镇 石寺镇'),
  luanchuan: district('410324', '栾川', '栾川县', 4, '耕莘街道 潭头镇 庙子镇 合峪镇 冷水镇 陶湾镇'),
  songxian: district('410325', '嵩县', '嵩县', 5, '城关镇 田湖镇 车村镇 旧县镇 闫庄镇'),
  ruyang: district('410326', '汝阳', '汝阳县', 4, '城关镇 上店镇 小店镇 三屯镇 内埠镇'),
  yiyang: district('410327', '宜阳', '宜阳县', 6, '兴宜街道 锦屏镇 香鹿山镇 柳泉镇 韩城镇'),
  luoning: district('410328', '洛宁', '洛宁县', 4, '永宁街道 上戈镇 河底镇 东宋镇 长水镇'),
  gaoxin: district('410371', '高新', '洛阳高新技术产业开发区', 4, '瀛洲街道 辛店街道 徐家营街道'),
  yichuan: district('410329', '伊川', '伊川县', 7, '城关街道 鸣皋镇 水寨镇 彭婆镇 白沙镇 高山镇'),
} as const satisfies Record<string, District>;

export const DISTRICT_WEIGHTS: readonly (readonly [District, number])[] = Object.values(DISTRICTS).map(
  (one) => [one, one.weight] as const,
);

/** Invented, all of them. */
export const INVENTED = {
  street: '锦川路 望塬大道 云栖路 槐影街 丹枫路 澜亭路 松涛巷 碧梧街 玉砂路 凤栖大街 泊月路 青禾路 文澜街 鹿鸣路'.split(
    ' ',
  ),
  estate: '锦川小区 云栖花园 望塬佳苑 槐影里 丹枫苑 澜亭府 碧梧新村 青禾家园 泊月湾 鹿鸣公寓'.split(' '),
  park: '望川公园 槐影湿地 青禾体育公园 泊月湖 碧梧广场 丹枫林公园'.split(' '),
  school: '云栖小学 望川中学 青禾实验学校 槐影幼儿园 文澜中学 丹枫路小学'.split(' '),
  mall: '锦川天地 泊月里 澜亭广场 望塬百货 青禾市集'.split(' '),
  hospital: '望川医院 青禾社区医院 文澜中医馆'.split(' '),
  busLine: '801路 806路 812路 819路 833路 850路 环6路 夜11路'.split(' '),
} as const;
