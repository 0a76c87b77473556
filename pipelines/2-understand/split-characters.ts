/**
 * 拆字: characters of place names written as their two halves, to pass under a filter (氵可南, 关阝州). Only halves that are never
 * characters by themselves are joined; 木亢 (杭) or 王里 (理) could be two words.
 */
const FIRST_HALVES =
  '氵可河 氵胡湖 氵工江 氵每海 氵折浙 氵各洛 氵罙深 氵又汉 氵冘沈 氵由油 氵章漳 氵齐济 氵少沙 氵州洲 氵甫浦 氵青清 氵原源 氵亘洹 氵卞汴 氵也池 氵兆洮 氵卢泸 氵户沪 ' +
  '氵斤沂 氵曹漕 氵山汕 氵巷港 氵奥澳 氵勃渤 氵彭澎 氵登澄 氵皮波 氵古沽 阝日阳 阝月阴 阝夹陕 阝东陈 阝龙陇 ' +
  '钅帛锦 钅同铜 钅失铁 礻畐福 讠者诸 艹方芳 艹古苦 纟召绍 纟帛绵 纟工红 扌夫扶';
const LAST_HALVES = '者阝都 关阝郑 甘阝邯 单阝郸 交阝郊 良阝郎 享阝郭 登阝邓';

/** Halves that stand before the rest of their character. */
export const RADICAL_FIRST = '氵阝钅礻讠艹纟扌';
/** Halves that stand behind it. */
export const RADICAL_LAST = '阝';

const entry = (three: string): readonly [string, number] => [three.slice(0, 2), three.charCodeAt(2)];

/** Two halves to the code unit of their character. */
export const COMPOSED: ReadonlyMap<string, number> = new Map(`${FIRST_HALVES} ${LAST_HALVES}`.split(' ').map(entry));
