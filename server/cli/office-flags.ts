import type { Command } from 'commander';

/** What an office tells every command that reads texts; each is a setting of the environment as well. */
export interface OfficeFlags {
  readonly home?: string;
  readonly places?: string;
  readonly taxonomy?: string;
}

/** The same three flags for every command that understands, so that none reads by other files than the server does. */
export const withOfficeFlags = (command: Command): Command =>
  command
    .option('--home <adcode>', '本地区划代码，如 410300')
    .option('--places <file>', '本单位地名表，默认数据目录里的 places.txt')
    .option('--taxonomy <file>', '本单位词表，默认数据目录里的 taxonomy.json');
