import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Receiver } from './notify-receiver.ts';

/** A mail server of a few words, enough to be sent to and to fail in the same ways as the others. */
export async function smtpReceiver(): Promise<Receiver> {
  let connections = 0;
  const server = createServer((socket: Socket) => {
    connections++;
    socket.on('error', () => socket.destroy());
    if (receiver.mode === 'hangs') return;
    if (receiver.mode === 'resets') {
      socket.resetAndDestroy();
      return;
    }
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    say('220 mail.test ready');
    let inData = false;
    let text = '';
    let held = '';
    socket.on('data', (chunk: Buffer) => {
      held += chunk.toString('utf8');
      for (;;) {
        const end = held.indexOf('\r\n');
        if (end === -1) return;
        const line = held.slice(0, end);
        held = held.slice(end + 2);
        if (inData) {
          if (line !== '.') {
            text += `${line}\n`;
            continue;
          }
          inData = false;
          const got = { path: '', headers: {}, body: text };
          receiver.received.push(got);
          if (receiver.mode === 'cuts') {
            socket.destroy();
            return;
          }
          if (receiver.mode === 'broken') say('451 4.3.0 try again');
          else if (receiver.mode === 'coded') say('554 5.7.1 refused by policy');
          else {
            receiver.taken.push(got);
            say('250 2.0.0 queued as 42');
          }
        } else if (/^EHLO|^HELO/.test(line)) say('250 mail.test');
        else if (/^MAIL/.test(line)) say(receiver.mode === 'tooMany' ? '421 4.7.0 too many' : '250 ok');
        else if (/^RCPT/.test(line))
          say(
            receiver.mode === 'denies'
              ? '550 5.1.1 no such mailbox'
              : receiver.mode === 'redirects'
                ? '551 5.1.6 try <other@elsewhere.test>'
                : '250 ok',
          );
        else if (/^DATA/.test(line)) {
          inData = true;
          text = '';
          say('354 go on');
        } else if (/^QUIT/.test(line)) {
          say('221 bye');
          socket.end();
        } else say('502 what');
      }
    });
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    mode: 'works',
    received: [],
    taken: [],
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return receiver;
}
