import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const START_LIMIT_MS = 120_000;
const OLDEST_JAVA = 21;

/** What this machine lacks for a node and how to get it; undefined where one can be started. Downloads nothing. */
export function missingForNode(): string | undefined {
  if (javaHome() === undefined)
    return `no JDK ${OLDEST_JAVA} or newer: install one (a JRE is not enough) or set ES_JAVA_HOME`;
  if (serverHome() !== undefined || runs('mvn', '--version')) return undefined;
  return 'no server unpacked and no Maven to fetch it: install Maven, or set ELASTICSEARCH_TEST_HOME to an unpacked one';
}

export interface RunningNode {
  readonly url: string;
  /** Resolves when the process has ended and its data are gone. */
  stop(): Promise<void>;
}

/** Starts a node with fresh data on a free port and waits until it is green; the first time this downloads it (966 MB). */
export async function startNode(): Promise<RunningNode> {
  const missing = missingForNode();
  if (missing !== undefined) throw new Error(`Elasticsearch can't be started: ${missing}`);
  if (serverHome() === undefined) {
    execFileSync('mvn', ['-q', '-B', '-f', join(here, 'pom.xml'), 'process-resources'], { stdio: 'inherit' });
  }
  const home = serverHome();
  if (home === undefined) throw new Error(`Maven left no server under ${join(here, 'target')}`);
  const data = mkdtempSync(join(tmpdir(), 'wenbida-es-'));
  const node = spawn(join(here, 'run.sh'), ['-p', '0', '-d', data, '-m', '512m'], {
    env: { ...process.env, ES_HOME: home, ES_JAVA_HOME: javaHome(), ES_JAVA_OPTS: '-XX:TieredStopAtLevel=1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [node.stdout, node.stderr])
    stream.on('data', (chunk) => (said = (said + String(chunk)).slice(-4000)));
  let exit: number | string | undefined;
  const ended = new Promise<void>((resolve) => {
    node.once('error', (error) => {
      exit = error.message;
      resolve();
    });
    node.once('exit', (code, signal) => {
      exit = signal ?? code ?? 'unknown';
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    if (exit === undefined) node.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const url = await greenAt(data);
    if (url !== undefined) return { url, stop };
    if (exit !== undefined || Date.now() > deadline) {
      const why = exit === undefined ? `was not green after ${START_LIMIT_MS / 1000} s` : `ended with ${exit}`;
      await stop();
      throw new Error(`Elasticsearch ${why}; it said last:\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** The node's address once it says it is green. */
async function greenAt(data: string): Promise<string | undefined> {
  const ports = join(data, 'logs', 'http.ports');
  if (!existsSync(ports)) return undefined;
  const address = readFileSync(ports, 'utf8').split('\n')[0];
  if (address === undefined || address === '') return undefined;
  const url = `http://${address}`;
  try {
    const answer = await fetch(`${url}/_cluster/health?wait_for_status=green&timeout=5s`);
    return answer.ok ? url : undefined;
  } catch (error) {
    if (error instanceof TypeError) return undefined; // fetch's word for a port that does not listen yet
    throw error;
  }
}

function serverHome(): string | undefined {
  const given = process.env['ELASTICSEARCH_TEST_HOME'];
  if (given !== undefined && given !== '') {
    if (!existsSync(join(given, 'lib'))) throw new Error(`ELASTICSEARCH_TEST_HOME: there is no server in ${given}`);
    return given;
  }
  const target = join(here, 'target');
  if (!existsSync(target)) return undefined;
  for (const version of readdirSync(target).filter((name) => name.startsWith('es-'))) {
    for (const top of readdirSync(join(target, version))) {
      const home = join(target, version, top, 'elasticsearch');
      if (existsSync(join(home, 'lib'))) return home;
    }
  }
  return undefined;
}

/** Where run.sh would find its JDK too. */
function javaHome(): string | undefined {
  const { ES_JAVA_HOME, JAVA_HOME } = process.env;
  const installed = existsSync('/usr/lib/jvm')
    ? readdirSync('/usr/lib/jvm').map((name) => join('/usr/lib/jvm', name))
    : [];
  const onPath = spawnSync('bash', ['-c', 'command -v java'], { encoding: 'utf8' }).stdout.trim();
  const homes = [
    ES_JAVA_HOME,
    JAVA_HOME,
    ...(onPath === '' ? [] : [dirname(dirname(realpathSync(onPath)))]),
    ...installed,
  ];
  return homes.find((home): home is string => home !== undefined && home !== '' && isRecentJdk(home));
}

function isRecentJdk(home: string): boolean {
  const java = join(home, 'bin', 'java');
  if (!existsSync(java)) return false;
  const modules = spawnSync(java, ['--list-modules'], { encoding: 'utf8' }).stdout;
  const version = /^java\.base@(\d+)/mu.exec(modules)?.[1];
  return version !== undefined && Number(version) >= OLDEST_JAVA && /^jdk\.jlink@/mu.test(modules);
}

const runs = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;
