import { maxHeaderSize } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { InboxFull } from '../../pipelines/ports/inbox.ts';
import { StoreUnavailable } from '../../pipelines/ports/post-store.ts';
import type { ErrorBody } from '../contract/http.ts';

/** A refusal that the caller can act on: its message names the place and the remedy and is shown as it is. */
export class HttpFault extends Error {
  override readonly name = 'HttpFault';
  readonly status: number;
  readonly code: string;
  readonly where: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      readonly where?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.status = status;
    this.code = code;
    this.where = more.where;
    this.headers = more.headers ?? {};
  }
}

export const errorBody = (code: string, message: string, where?: string): ErrorBody => ({
  error: { code, message, ...(where === undefined ? {} : { where }) },
});

const HIDDEN = 'the server could not answer this; its log says why. Try again, and report it if it stays.';

/** What each fault becomes on the wire. Anything unknown is a 500 whose message stays in the log. */
export function asHttpFault(error: unknown): HttpFault {
  if (error instanceof HttpFault) return error;
  if (error instanceof InboxFull) {
    return new HttpFault(
      507,
      'inbox_full',
      'the disk takes no more posts; nothing of this request was accepted. Free space on it and send the same rows again.',
      { headers: { 'retry-after': '30' }, cause: error },
    );
  }
  if (error instanceof StoreUnavailable) {
    return new HttpFault(
      503,
      'store_unavailable',
      'the post store can not be reached just now; intake and alerts go on. Try the search again in a few seconds.',
      { headers: { 'retry-after': '5' }, cause: error },
    );
  }
  const known = Object(error) as Partial<FastifyError>;
  if (known.validation !== undefined) {
    const first = known.validation[0];
    const property = first?.params['additionalProperty'] ?? first?.params['missingProperty'];
    const path = `${first?.instancePath ?? ''}${typeof property === 'string' ? `/${property}` : ''}`;
    return new HttpFault(
      400,
      'invalid_request',
      `${known.validationContext ?? 'request'}${path.replaceAll('/', '.')} is not valid: ${first?.message ?? 'unknown'}. See /docs for what is allowed.`,
      { where: `${known.validationContext ?? 'request'}${path.replaceAll('/', '.')}` },
    );
  }
  // Only the web framework's own refusals: a client library of ours may carry the status of someone else's answer.
  const ofFramework = known.code?.startsWith('FST_') === true || (known as { expose?: unknown }).expose === true;
  if (ofFramework && known.statusCode !== undefined && known.statusCode >= 400 && known.statusCode < 500) {
    return new HttpFault(known.statusCode, codeOf(known.code), known.message ?? 'the request was refused.');
  }
  return new HttpFault(500, 'internal', HIDDEN, { cause: error });
}

const codeOf = (code: string | undefined): string =>
  (code ?? 'refused').replace(/^FST_(?:ERR_)?(?:CTP_)?/, '').toLowerCase();

export function sendFault(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fault = asHttpFault(error);
  if (fault.status >= 500)
    request.log.error({ err: fault.cause ?? fault, route: request.routeOptions.url }, fault.message);
  // No fault has a schema of its own, so it is written here whole and the route's response schema does not touch it.
  return reply
    .code(fault.status)
    .headers(fault.headers)
    .type('application/json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(errorBody(fault.code, fault.message, fault.where));
}

/** One handler for every error and every path that does not exist. */
export function handleFaults(app: FastifyInstance): void {
  app.setErrorHandler(sendFault);
  app.setNotFoundHandler((request, reply) =>
    sendFault(
      new HttpFault(
        404,
        'not_found',
        `there is no ${request.method} ${pathOnly(request.url)} here; /docs lists what there is.`,
      ),
      request,
      reply,
    ),
  );
}

const pathOnly = (url: string): string => (url.split('?', 1)[0] ?? '').slice(0, 200);

const RAW_FAULTS: Readonly<Record<string, readonly [number, string, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'headers_too_large', `the headers are larger than ${maxHeaderSize} bytes.`],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'too_slow', 'the request did not arrive in time; send it again.'],
};

/** The answer to what is not even HTTP; it is written to the socket because there is no reply object yet. */
export function rawFault(code: string | undefined): string {
  const [status, name, message] = RAW_FAULTS[code ?? ''] ?? [400, 'not_http', 'this is not a valid HTTP request.'];
  const body = JSON.stringify(errorBody(name, message));
  return (
    `HTTP/1.1 ${status} ${status === 408 ? 'Request Timeout' : status === 431 ? 'Request Header Fields Too Large' : 'Bad Request'}\r\n` +
    `content-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
    `content-security-policy: default-src 'none'\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n${body}`
  );
}
