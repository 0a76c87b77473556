import { readConfig } from '../config.ts';
import { addToken } from '../http/tokens.ts';
import { EXIT, type Streams } from './lines.ts';

/** Makes a token for a source and shows it this once; only its hash is kept. */
export function addTokenCommand(name: string, streams: Streams): number {
  const { tokenFile } = readConfig(process.env);
  const token = addToken(tokenFile, name);
  streams.stderr.write(`数据源“${name}”的令牌（只显示这一次，文件里只存散列）：\n`);
  streams.stdout.write(`${token}\n`);
  return EXIT.ok;
}
