import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../server/package-root.ts';

/** The published packages that are measured beside this one, in the editions that the figures are quoted for. */
export const PEERS = { snownlp: '0.12.3', cpca: '0.5.5', jionlp: '1.5.31' } as const;
export type Peer = keyof typeof PEERS;

export interface PeerAnswers {
  /** The edition that answered. */
  readonly version: string;
  readonly answers: readonly unknown[];
  /** Processor seconds for the rows, loading left out. */
  readonly seconds: number;
}

const NOT_INSTALLED = 3;
const MOST_BYTES = 64 * 1024 * 1024;

/** What a package answers to texts, or one sentence on why it cannot be asked here. */
export function askPeer(peer: Peer, texts: readonly string[]): PeerAnswers | string {
  const python = process.env['WENBIDA_PYTHON'] ?? 'python3';
  const remedy = `python3 -m venv peers && peers/bin/pip install ${peer}==${PEERS[peer]}, then set WENBIDA_PYTHON=peers/bin/python`;
  const run = spawnSync(python, [join(packageRoot(), 'learning/peers/peers.py'), peer], {
    input: texts.map((text) => JSON.stringify({ text: text.toWellFormed() })).join('\n'),
    encoding: 'utf8',
    maxBuffer: MOST_BYTES,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  });
  if (run.error !== undefined) return `${peer}: ${python} cannot be started (${run.error.message}): ${remedy}.`;
  if (run.status === NOT_INSTALLED) return `${peer} is not installed for ${python}: ${remedy}.`;
  if (run.status !== 0) return `${peer} failed: ${run.stderr.trim().split('\n').at(-1) ?? ''}`;
  const lines = run.stdout.trim().split('\n');
  const { version } = JSON.parse(lines[0] ?? '') as { version: string };
  const { seconds } = JSON.parse(lines.at(-1) ?? '') as { seconds: number };
  const answers = lines.slice(1, -1).map((line) => (JSON.parse(line) as { answer: unknown }).answer);
  if (answers.length !== texts.length) return `${peer} answered ${answers.length} of ${texts.length} rows.`;
  return { version, answers, seconds };
}
