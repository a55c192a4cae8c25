import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type PeerProgram = {
  readonly program: string;
  readonly args: readonly string[];
  readonly port: number;
  /** For its files; removed at the end. */
  readonly folder: string;
  /** Whether it takes questions; default: the port takes connections. */
  readonly listens?: () => Promise<boolean>;
};

const POLL_MS = 10;
const START_LIMIT_MS = 30_000;

/** A real server that a test measures, as a process of the test. */
export class Peer {
  readonly port: number;
  readonly folder: string;
  readonly #program: PeerProgram;
  #child: ChildProcess | undefined;
  #said = '';

  constructor(program: PeerProgram) {
    this.port = program.port;
    this.folder = program.folder;
    this.#program = program;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Starts it, and resolves when it takes connections. */
  async start(): Promise<void> {
    const { program, args, listens = () => this.#listens() } = this.#program;
    const child = spawn(program, args, { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (this.#said += String(text)));
    const end = performance.now() + START_LIMIT_MS;
    while (!(await listens())) {
      const isOver = child.exitCode !== null || performance.now() > end;
      if (isOver) throw new Error(`${program} does not listen; it said: ${this.#said}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** Ends it, with SIGKILL as a crash would; `start` starts it anew. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  #listens(): Promise<boolean> {
    const socket = connect(this.port, '127.0.0.1');
    return new Promise((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    }).then((listens) => {
      socket.destroy();
      return listens === true;
    });
  }
}

/** A temporary folder for a peer. */
export function peerFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `nocmate-${name}-`));
}
