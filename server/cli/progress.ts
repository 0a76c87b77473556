import type { Writable } from 'node:stream';
import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  add(amount: number): void;
  /** A line of its own, above the bar. */
  say(line: string): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere only the lines. */
export function openProgress(title: string, total: number, stderr: Writable): Progress {
  if (!('isTTY' in stderr) || stderr.isTTY !== true) {
    return { add: () => undefined, say: (line) => void stderr.write(`${line}\n`), stop: () => undefined };
  }
  const bar = new SingleBar(
    {
      stream: stderr,
      format: `${title} {bar} {percentage}% 剩余 {eta_formatted}`,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(Math.max(1, total), 0);
  return {
    add: (amount) => bar.increment(amount),
    say(line) {
      stderr.write(`\r\u001b[K${line}\n`);
      bar.updateETA();
    },
    stop: () => bar.stop(),
  };
}
