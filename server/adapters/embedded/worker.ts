import { parentPort, workerData } from 'node:worker_threads';
import { StampMismatch } from '../../../pipelines/ports/post-store.ts';
import { isBusy, isDiskFault } from '../sqlite/open-db.ts';
import type { Fault, Reply, Request, Task, WorkerStart } from './messages.ts';
import { PostTable } from './post-table.ts';

/** The thread that owns the embedded store: takes one task after the other and answers each. */
const port = parentPort;
if (port === null) throw new Error('the embedded store runs in a worker thread; open it with openEmbeddedStore');

const start = workerData as WorkerStart;
let table: PostTable | undefined;

port.on('message', ({ ticket, task }: Request) => {
  port.postMessage(answer(ticket, task));
  if (task.do === 'close') port.close();
});

function answer(ticket: number, task: Task): Reply {
  try {
    return { ticket, value: perform(task) };
  } catch (error) {
    return { ticket, fault: faultOf(error, task) };
  }
}

function perform(task: Task): unknown {
  if (task.do === 'close') return table?.close();
  table ??= new PostTable(start.path, start);
  switch (task.do) {
    case 'open':
      return table.open(task.stamp);
    case 'restamp':
      return table.restamp(task.stamp);
    case 'save':
      return table.save(task.documents);
    case 'amend':
      return table.amend(task.amendments);
    case 'find':
      return table.find(task.query);
    case 'histogram':
      return table.histogram(task.query, task.stepMs);
    case 'tally':
      return table.tally(task.query, task.by);
    case 'count':
      return table.count();
    case 'ping':
      return table.ping();
  }
}

function faultOf(error: unknown, task: Task): Fault {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof StampMismatch) return { kind: 'stamp', message };
  if (error instanceof RangeError) return { kind: 'range', message };
  if (isDiskFault(error)) {
    return {
      kind: 'unavailable',
      message: `the disk does not take or give data (${message}): free space at ${start.path}`,
    };
  }
  if (isBusy(error))
    return { kind: 'unavailable', message: `another process holds ${start.path} (${message}): stop it` };
  // Whatever kept a batch from the disk, the promise is the same: nothing was stored, send it again.
  if (task.do === 'save' || task.do === 'amend' || task.do === 'restamp' || task.do === 'ping')
    return { kind: 'unavailable', message };
  return { kind: 'other', message };
}
