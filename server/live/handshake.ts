import type { IncomingMessage } from 'node:http';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { regionCode, type RegionCode } from '../../pipelines/domain/region.ts';
import type { ScreenAuth } from '../contract/live.ts';
import { isOurHost, isOurOrigin } from '../http/same-machine.ts';

/** The check of what a screen says when it connects; a type alone checks nothing on arrival. */
const Auth = Type.Object(
  {
    lastSeq: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    regions: Type.Array(Type.String({ pattern: '^(\\d{6}|\\d{9}|\\d{12})$' }), { maxItems: 50 }),
    display: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
  },
  { additionalProperties: false },
);
const auth = Compile(Auth);

export interface Asked {
  readonly lastSeq: number;
  readonly regions: readonly RegionCode[];
  readonly display?: string;
}

/** What the screen asks for, or the sentence with which it is refused. */
export function readAuth(value: unknown): Asked | string {
  if (!auth.Check(value)) {
    const first = auth.Errors(value)[0];
    const where = `auth${(first?.instancePath ?? '').replaceAll('/', '.')}`;
    return `${where} is not valid (${first?.message ?? 'unknown'}): say {lastSeq: the last alert you have or 0, regions: division codes, or [] for all}.`;
  }
  const said: Static<typeof Auth> & ScreenAuth = value;
  const { lastSeq, regions, display } = said;
  return { lastSeq, regions: regions.map(regionCode), ...(display === undefined ? {} : { display }) };
}

const SHUT_OUT = 'only pages of this server may connect';
const FORBIDDEN = `HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: ${SHUT_OUT.length}\r\n\r\n${SHUT_OUT}`;

/**
 * The door of both transports. socket.io's own `cors.origin` guards polling only: a WebSocket from a foreign page passes it.
 */
export function allowRequest(port: () => number | undefined, publicHost: string | undefined) {
  return (request: IncomingMessage, answer: (error: string | null | undefined, ok: boolean) => void): void => {
    const ok = isOurHost(request.headers.host, port(), publicHost) && isOurOrigin(request.headers);
    if (ok || request.headers.upgrade === undefined) answer(ok ? null : SHUT_OUT, ok);
    // engine.io answers a refused upgrade with 400; what happened is that it is forbidden, so that is written first.
    else request.socket.end(FORBIDDEN, () => answer(SHUT_OUT, false));
  };
}

/** A sequence a screen says it has shown: whole, and not beyond the newest there is. */
export const isSeen = (seq: unknown, newest: number): seq is number =>
  typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 0 && seq <= newest;
