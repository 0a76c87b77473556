import { mask } from './mask.ts';

/** Fields of any format we know that say who wrote: keys of objects and, in tables read as fields, of columns. */
const WHO =
  /("[A-Za-z_]{0,24}(?:user|author|uid|creator|nick|screen_name|avatar|profile|key|作者|昵称|用户)[A-Za-z_\p{Script=Han}]{0,24}"\s{0,4}:\s{0,4})("(?:[^"\\]|\\.)*"?|[\w.+-]{1,64})/giu;
const LONG_NUMBER = /(?<![0-9])[0-9]{9,30}(?![0-9])/g;
const ADDRESS = /(https?:\/\/[^\s"\\/]{1,120})\/[^\s"\\]{0,2000}/gi;

/** A refused row as people may see it: without who wrote it, what leads to a person, addresses and long numbers. */
export const showRow = (raw: string): string =>
  mask(raw.replace(WHO, '$1"***"').replace(ADDRESS, '$1/***')).replace(LONG_NUMBER, (digits) =>
    '*'.repeat(digits.length),
  );
