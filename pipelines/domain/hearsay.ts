/** Words of passing on, asking about and denying what was heard; the watch counts by them, and so does the echo of an answer. */
const ASKS =
  /真的假的|真的吗|真假|求证|求真相|求.{0,4}(?:回应|通报|说明|辟谣)|有没有官方|是不是(?:真|假|谣)|属实吗|能不能信|该不该信|谁有准信/u;
const DENIES = /(?<!求.{0,4})辟谣|谣言(?!吗|？|\?)|不实|造谣|假的(?!吗)|别信|不要信|不信谣|以讹传讹|没有的事|澄清/u;
export const HEARD = /网传|传言|听说|据说|群里|有人说|都在传|都说|转发说/u;

/** Asks whether it is so, or asks an office to say. */
export const asksAboutHearsay = (text: string): boolean => ASKS.test(text);

/** Says it is not so. Who asks (真的假的) does not deny, though 假的 stands in it: ask first. */
export const deniesHearsay = (text: string): boolean => DENIES.test(text);
