import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from './self-signed.ts';

/** Every way a receiver of the listed kinds fails (reliability.md R17, §4), and how one works. */
export const MODES = ['works', 'coded', 'tooMany', 'broken', 'hangs', 'resets', 'cuts', 'redirects', 'denies'] as const;
export type Mode = (typeof MODES)[number];

export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Something on this machine that takes messages, or does not. */
export interface Receiver {
  readonly host: string;
  mode: Mode;
  /** What it was sent, also where it then failed. */
  readonly received: Received[];
  /** What it took: it answered that all was well. */
  readonly taken: Received[];
  readonly connections: () => number;
  close(): Promise<void>;
}

export interface Answers {
  /** The body that means success, and the one that means failure with HTTP 200. */
  readonly good: string;
  readonly coded: string;
  readonly secure?: boolean;
}

export async function httpReceiver({ good, coded, secure = false }: Answers): Promise<Receiver> {
  let connections = 0;
  const answer = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const got = { path: request.url ?? '', headers: request.headers, body };
    receiver.received.push(got);
    const json = (status: number, text: string, headers = {}): void =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
    switch (receiver.mode) {
      case 'works':
        receiver.taken.push(got);
        return json(200, good);
      case 'coded':
        return json(200, coded);
      case 'tooMany':
        return json(429, '{"message":"slow down"}', { 'retry-after': '7' });
      case 'broken':
        return json(500, 'oops');
      case 'hangs':
        return;
      case 'resets':
        request.socket.resetAndDestroy();
        return;
      case 'cuts':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '4000' });
        response.write('{"errcode":0,"co');
        setTimeout(() => request.socket.destroy(), 20);
        return;
      case 'redirects':
        return json(302, '', { location: `http://${receiver.host}/elsewhere` });
      case 'denies':
        return json(404, '{"message":"no such robot"}');
    }
  };
  const listen = (request: IncomingMessage, response: ServerResponse): void => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => answer(request, response, Buffer.concat(parts).toString('utf8')));
  };
  const server = secure ? createSecure(selfSigned(), listen) : createPlain(listen);
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    mode: 'works',
    received: [],
    taken: [],
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return receiver;
}
