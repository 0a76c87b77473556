import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FeedReceiver {
  readonly port: number;
  /** Connections it ever saw. */
  readonly connections: () => number;
  readonly asked: { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  /** What it answers from now on. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  close(): Promise<void>;
}

/** A web server of this machine that a test can make answer anything. */
export async function feedReceiver(): Promise<FeedReceiver> {
  let connections = 0;
  const asked: FeedReceiver['asked'] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers });
    receiver.answer(request, response);
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: FeedReceiver = {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    asked,
    answer: (_request, response) => void response.end(),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return receiver;
}

/** An RSS feed of invented notices, one item a number. */
export const rssOf = (...numbers: readonly number[]): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>东关</title><link>https://gov.example/</link>${numbers
    .map(
      (n) =>
        `<item><guid>n${n}</guid><title>停水通知${n}</title><description>今晚第${n}片停水</description><pubDate>Fri, 20 Nov 2026 21:03:05 +0800</pubDate></item>`,
    )
    .join('')}</channel></rss>`;
