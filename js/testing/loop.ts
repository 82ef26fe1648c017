import { nodeRequire } from "../host/node";

type Task = () => void;

/**
 * Runs tasks in order, each in a turn of the event loop of its own, as messages of ports are. A port does it,
 * because test runners replace the timers, and jest takes setImmediate from a DOM environment. The process goes
 * on while a task waits, and ends when none does.
 */
class Loop {
  private readonly _tasks: Task[] = [];
  private readonly _own: import("worker_threads").MessagePort;
  private readonly _other: import("worker_threads").MessagePort;

  constructor() {
    const { MessageChannel } = nodeRequire()("worker_threads") as typeof import("worker_threads");
    const { port1, port2 } = new MessageChannel();
    this._own = port1;
    this._other = port2;
    port1.on("message", () => this._next());
    port1.unref();
  }

  add(task: Task) {
    if (this._tasks.length === 0) this._own.ref();
    this._tasks.push(task);
    this._other.postMessage(0);
  }

  private _next() {
    const task = this._tasks.shift();
    if (this._tasks.length === 0) this._own.unref();
    task?.();
  }
}

let loop: Loop | undefined;

/** Calls back in a later turn of the event loop. */
export function later(task: Task) {
  loop ??= new Loop();
  loop.add(task);
}

/** The tasks of one app. */
export class Tasks {
  private _count = 0;
  private _isStopped = false;

  /** Whether none waits. */
  get areDone(): boolean {
    return this._count === 0;
  }

  readonly add = (task: Task) => {
    if (this._isStopped) return;
    this._count += 1;
    later(() => {
      this._count -= 1;
      if (!this._isStopped) task();
    });
  };

  /** Those that wait are not run. */
  stop() {
    this._isStopped = true;
  }
}
