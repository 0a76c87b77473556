import type { PostId } from '../domain/post.ts';

/** A fact that the public asks for. */
export interface MissingFact {
  /** In words for people: 当前水位. */
  readonly fact: string;
  /** Distinct texts that ask for it. */
  readonly asked: number;
  /** Those that ask, newest first, at most 50. */
  readonly posts: readonly PostId[];
}

export interface AskingPost {
  readonly id: PostId;
  /** The first post of the same text; copies ask once. */
  readonly group: PostId;
  readonly text: string;
  readonly time: number;
}

/** A fact as it is asked for in a sentence, and how an answer says it. */
interface Fact {
  readonly fact: string;
  readonly asks: RegExp;
  readonly told: RegExp;
}

/** Fewer may be one person's curiosity. */
const LEAST_ASKED = 3;
const MOST_SHOWN = 50;

/** A sentence asks by a mark or by a word; a fact is asked for where both stand in one sentence. */
const ASKING =
  /[？?]|吗|呢$|有没有|是不是|是否|会不会|要不要|能不能|什么时候|何时|多久|多少|几点|哪里|哪些|为什么|为啥|咋|怎么|求问|求告知|谁知道|请问|到底/u;

const FACTS: readonly Fact[] = [
  { fact: '当前水位', asks: /水位|水有多[深高]|水到哪/u, told: /水位.{0,12}\d|\d.{0,4}米/u },
  { fact: '是否泄洪', asks: /泄洪|放水|开闸/u, told: /(?:没有|未|不|停止|已|正在|将).{0,6}(?:泄洪|放水|开闸)/u },
  { fact: '是否转移', asks: /转移|撤离|疏散|搬走|跑不跑|走不走/u, told: /转移|撤离|疏散|安置/u },
  {
    fact: '转移到哪里',
    asks: /(?:转移|撤离|疏散|安置).{0,4}(?:到|去|在).{0,4}(?:哪|什么地方)|安置点/u,
    told: /安置点|(?:转移|安置)(?:到|至|在)/u,
  },
  {
    fact: '何时恢复供水',
    asks: /(?:什么时候|何时|多久|几点).{0,6}(?:来水|通水|恢复供水|有水)|(?:来水|通水|供水).{0,6}(?:什么时候|何时|多久|几点)/u,
    told: /(?:恢复供水|来水|通水).{0,14}\d|\d.{0,14}(?:恢复供水|来水|通水)/u,
  },
  {
    fact: '何时恢复供电',
    asks: /(?:什么时候|何时|多久|几点).{0,6}(?:来电|复电|恢复供电)|(?:来电|复电|供电).{0,6}(?:什么时候|何时|多久|几点)/u,
    told: /(?:恢复供电|来电|复电).{0,14}\d|\d.{0,14}(?:恢复供电|来电|复电)/u,
  },
  {
    fact: '何时恢复供暖',
    asks: /(?:什么时候|何时|多久|几点).{0,6}(?:来暖|供暖|恢复供热|热)|(?:供暖|供热|暖气).{0,6}(?:什么时候|何时|多久|几点)/u,
    told: /(?:供暖|供热|来暖).{0,14}\d|\d.{0,14}(?:供暖|供热|来暖|恢复)/u,
  },
  { fact: '水能不能喝', asks: /水.{0,6}(?:能不能|能|可以|敢)(?:喝|用)|水质/u, told: /水质|饮用|合格|达标/u },
  { fact: '有没有人伤亡', asks: /伤亡|死人|死了|有人(?:受伤|遇难|死)|伤了|人没事/u, told: /伤亡|死亡|受伤|遇难|无人/u },
  { fact: '起因', asks: /为什么|为啥|原因|怎么回事|咋回事|怎么会/u, told: /原因|系因|由于|因为|起因/u },
  { fact: '谁来负责', asks: /谁(?:来)?(?:负责|管)|哪个部门|责任人|追责|问责/u, told: /负责|责任|追责|问责|处理/u },
  { fact: '怎么赔偿', asks: /赔偿|补偿|退款|退钱|怎么赔|赔不赔/u, told: /赔偿|补偿|退款|退还|赔付/u },
  { fact: '是否停课', asks: /停课|上学|上课|放假|开学/u, told: /停课|复课|上课|开学|教学/u },
  { fact: '路通不通', asks: /(?:路|桥|高速).{0,4}(?:通|能走|封)|绕行|能过/u, told: /通行|封闭|绕行|管制|畅通/u },
  { fact: '孩子是否安全', asks: /孩子.{0,8}(?:安全|没事|接)/u, told: /孩子|学生|儿童|未成年/u },
  {
    fact: '联系电话',
    asks: /电话(?:是)?多少|打什么电话|联系谁|找谁/u,
    told: /\d{3,4}-?\d{7,8}|1(?:10|19|20|2345)|电话/u,
  },
  {
    fact: '消息从哪来',
    asks: /(?:消息|视频|截图|语音).{0,4}(?:从哪|哪来|哪里来|谁发)|谁(?:说|传)的|出处|来源/u,
    told: /来源|系.{0,10}(?:编造|拼接|旧|截取)|视频.{0,10}(?:为|系|是)|编造/u,
  },
];

/** What a fact is called, for whoever says which one a source tells. */
export const ASKED_FACTS: readonly string[] = FACTS.map(({ fact }) => fact);

/**
 * What posts ask for that no answer says, most asked first. By lists of words: it finds the questions that come up in every second
 * incident and no others, and an answer that says a word of the fact counts as having told it.
 *
 * @param answers texts of the answers so far; none: everything asked is missing
 */
export function findMissing(posts: readonly AskingPost[], answers: readonly string[]): readonly MissingFact[] {
  const open = FACTS.filter(({ told }) => !answers.some((answer) => told.test(answer)));
  const asked = new Map<Fact, Map<PostId, AskingPost>>();
  for (const post of posts)
    for (const sentence of post.text.slice(0, 2_000).split(/(?<=[。！？!?\n；;])/u)) {
      if (!ASKING.test(sentence)) continue;
      for (const fact of open) {
        if (!fact.asks.test(sentence)) continue;
        const groups = asked.get(fact) ?? new Map<PostId, AskingPost>();
        const known = groups.get(post.group);
        if (known === undefined || known.time > post.time) groups.set(post.group, post);
        asked.set(fact, groups);
      }
    }
  return [...asked]
    .map(([{ fact }, groups]) => ({
      fact,
      asked: groups.size,
      posts: [...groups.values()]
        .sort((a, b) => b.time - a.time)
        .slice(0, MOST_SHOWN)
        .map(({ id }) => id),
    }))
    .filter((each) => each.asked >= LEAST_ASKED)
    .sort((a, b) => b.asked - a.asked || ASKED_FACTS.indexOf(a.fact) - ASKED_FACTS.indexOf(b.fact));
}
