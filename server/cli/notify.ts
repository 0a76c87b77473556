import { testMessage } from '../../pipelines/5-respond/test-message.ts';
import { openChannel } from '../adapters/notify/open-channel.ts';
import { namedHosts } from '../adapters/outbound/address.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { readConfig } from '../config.ts';
import { Sender } from '../notify/sender.ts';
import { openBook, withoutSlash } from '../notify-runner.ts';
import { EXIT, type Streams } from './lines.ts';

/** One line a channel: {"id","name","kind","host","lastFour","paused","waiting","sent","dead","muted","last"}. */
export function listChannels(streams: Streams): number {
  const book = openBook(readConfig(process.env).varDir);
  try {
    for (const { id, name, kind, host, lastFour, paused } of book.channels.list()) {
      const [last] = book.deliveries.attempts(id, 1);
      const shown =
        last === undefined ? null : { at: new Date(last.at).toISOString(), outcome: last.outcome, says: last.says };
      const line = { id, name, kind, host, lastFour, paused, ...book.deliveries.count(id), last: shown };
      streams.stdout.write(`${JSON.stringify(line)}\n`);
    }
  } finally {
    book.close();
  }
  return EXIT.ok;
}

/** What the receiver answered, as one line of JSON. */
export async function testChannel(wanted: string, streams: Streams): Promise<number> {
  const config = readConfig(process.env);
  const book = openBook(config.varDir);
  try {
    const about = book.channels.list().find(({ id, name }) => id === wanted || name === wanted);
    if (about === undefined) {
      streams.stderr.write(`没有叫“${wanted}”的渠道；wenbida notify list 列出全部\n`);
      return EXIT.usage;
    }
    const wording = {
      drill: false,
      ...(config.publicUrl === undefined ? {} : { publicUrl: withoutSlash(config.publicUrl) }),
    };
    const sender = new Sender({
      ...book,
      open: (target) => openChannel(target, { clock: systemClock, named: namedHosts(config.notifyHosts) }),
      wording: () => wording,
      clock: systemClock,
      random: () => 0,
      log: { warn: (words) => void streams.stderr.write(`${words}\n`) },
    });
    const sent = await sender.say(about.id, testMessage(systemClock.now(), '命令行', wording));
    streams.stdout.write(`${JSON.stringify({ channel: about.name, ...sent })}\n`);
    return sent?.kind === 'delivered' ? EXIT.ok : EXIT.fault;
  } finally {
    book.close();
  }
}
