import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel } from '../../pipelines/ports/channel.ts';
import { aMessage } from '../seeds/notices.ts';
import type { Receiver } from '../seeds/notify-receiver.ts';

export interface ChannelUnderTest {
  readonly receiver: () => Promise<Receiver>;
  /** A channel to that receiver, whose host the office has named unless `named` is false. Waits 300 ms. */
  readonly open: (receiver: Receiver, given?: { readonly named?: false }) => Channel;
  /** A channel that expects TLS of that receiver, which speaks none. */
  readonly openSecure: (receiver: Receiver) => Channel;
  /** What no log, error or answer may hold. */
  readonly secrets: readonly string[];
  /** What the receiver says in a failure of its own words is final. */
  readonly codedIsFinal: boolean;
}

const NEVER = new AbortController().signal;

/** What every way to tell people does, whatever its receiver does. */
export function channelSuite(name: string, under: ChannelUnderTest): void {
  describe(`channel: ${name}`, () => {
    let receiver: Receiver;
    beforeEach(async () => {
      receiver = await under.receiver();
    });
    afterEach(() => receiver.close());

    test('is delivered where the receiver says so, in the receiver’s own words', async () => {
      const sent = await under.open(receiver).send(aMessage(), NEVER);
      expect(sent.kind).toBe('delivered');
      expect(sent).toHaveProperty('answer');
      expect(receiver.taken).toHaveLength(1);
    });

    test.each(['tooMany', 'broken', 'hangs', 'resets', 'cuts'] as const)(
      'is to be sent again where the receiver %s, and says why',
      async (mode) => {
        receiver.mode = mode;
        const sent = await under.open(receiver).send(aMessage(), NEVER);
        expect(sent).toMatchObject({ kind: 'retry' });
        expect('because' in sent && sent.because).toMatch(/\p{Script=Han}/u);
        expect(receiver.taken).toEqual([]);
      },
    );

    test('is not delivered where the receiver answers, but says no', async () => {
      receiver.mode = 'coded';
      const sent = await under.open(receiver).send(aMessage(), NEVER);
      expect(sent.kind).toBe(under.codedIsFinal ? 'refused' : 'retry');
      expect(receiver.taken).toEqual([]);
    });

    test('a redirect is never followed, and no retry helps', async () => {
      receiver.mode = 'redirects';
      expect(await under.open(receiver).send(aMessage(), NEVER)).toMatchObject({ kind: 'refused' });
      expect(receiver.received.filter(({ path }) => path.includes('elsewhere'))).toEqual([]);
    });

    test('no retry helps where nobody is there by that name', async () => {
      receiver.mode = 'denies';
      expect(await under.open(receiver).send(aMessage(), NEVER)).toMatchObject({ kind: 'refused' });
    });

    test('where TLS fails nothing is said, and it is tried again', async () => {
      expect(await under.openSecure(receiver).send(aMessage(), NEVER)).toMatchObject({ kind: 'retry' });
      expect(receiver.received).toEqual([]);
    });

    test('a receiver on the office’s own network is not even connected to, unless the office has named it', async () => {
      const sent = await under.open(receiver, { named: false }).send(aMessage(), NEVER);
      expect(sent).toMatchObject({ kind: 'refused' });
      expect(receiver.connections()).toBe(0);
    });

    test('after the receiver is gone it is tried again', async () => {
      const channel = under.open(receiver);
      await receiver.close();
      expect(await channel.send(aMessage(), NEVER)).toMatchObject({ kind: 'retry' });
    });

    test('a stop ends a send that hangs', async () => {
      receiver.mode = 'hangs';
      const stop = new AbortController();
      const sending = under.open(receiver).send(aMessage(), stop.signal);
      stop.abort();
      expect(await sending).toMatchObject({ kind: 'retry' });
    });

    test('what it answers and why it fails name no secret', async () => {
      for (const mode of ['works', 'coded', 'broken', 'denies', 'redirects', 'resets'] as const) {
        receiver.mode = mode;
        const said = JSON.stringify(await under.open(receiver).send(aMessage(), NEVER));
        for (const secret of under.secrets) expect(said, mode).not.toContain(secret);
      }
    });

    test('a text of any length and any signs goes through whole or cut, never broken', async () => {
      const text = `${'求'.repeat(30_000)}\ud800👨‍👩‍👧`;
      const sent = await under.open(receiver).send(aMessage({ text }), NEVER);
      expect(sent.kind).toBe('delivered');
      expect(receiver.taken[0]?.body).not.toContain('\ufffd\ufffd');
    });
  });
}
