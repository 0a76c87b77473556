import type { Sent } from '../../../pipelines/ports/channel.ts';
import { byStatus, type Posted } from './post-json.ts';

/** What an office program means by its codes. A robot answers HTTP 200 to nearly everything; the code is what counts. */
export interface RobotCodes {
  /** The field that holds the code: errcode, or code. */
  readonly field: 'errcode' | 'code';
  /** Too often: how long it is shut, ms. */
  readonly tooOften: ReadonlyMap<number, number>;
  /** No retry helps: what a person has to do. */
  readonly refused: ReadonlyMap<number, string>;
}

/** Success is 2xx and a code of 0. A code that is not known is tried again: it may pass, and giving up would lose the message. */
export function readRobotAnswer(posted: Posted, { field, tooOften, refused }: RobotCodes): Sent {
  const failed = byStatus(posted);
  if (failed !== undefined) return failed;
  const said = posted.body.trim();
  const code = codeIn(said, field);
  if (code === undefined) return { kind: 'retry', because: `对方的答复读不懂，不知是否送到：${said.slice(0, 300)}` };
  if (code === 0) return { kind: 'delivered', answer: said };
  const shutMs = tooOften.get(code);
  if (shutMs !== undefined) return { kind: 'retry', because: `发得太快，被限流：${said}`, afterMs: shutMs };
  const remedy = refused.get(code);
  return remedy === undefined
    ? { kind: 'retry', because: `对方没有收下：${said}` }
    : { kind: 'refused', because: `${remedy}（${said}）` };
}

function codeIn(said: string, field: string): number | undefined {
  let body: unknown;
  try {
    body = JSON.parse(said);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const code =
    typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[field] : undefined;
  return typeof code === 'number' ? code : undefined;
}
