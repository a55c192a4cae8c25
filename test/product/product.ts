import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Health, SelfStatus } from '#core/api/status.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const LAUNCHER = fileURLToPath(new URL('../../tools/nocmate.mjs', import.meta.url));
const START_LIMIT_MS = 60_000;
const POLL_MS = 25;

export type ProductOptions = {
  /** Kept after `stop`; default: a temporary folder, removed by `remove`. */
  readonly data?: string;
  /** Undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Through the launcher, as `npx nocmate up` does, instead of the program itself. */
  readonly launcher?: boolean;
};

/** The product as its user runs it: one process tree on free ports of loopback, driven from outside only. */
export class Product {
  readonly data: string;
  readonly #env: Record<string, string | undefined>;
  readonly #program: string;
  #child: ChildProcess | undefined;
  #base = '';
  #tokens = new Map<string, string>();
  /** What it printed, line by line. */
  output: string[] = [];

  private constructor(data: string, { env, launcher = false }: ProductOptions) {
    this.data = data;
    this.#program = launcher ? LAUNCHER : MAIN;
    this.#env = {
      ...process.env,
      NOCMATE_DATA: data,
      NOCMATE_HTTP: '127.0.0.1:0',
      NOCMATE_GRAPHITE: '127.0.0.1:0',
      NOCMATE_GRAPHITE_PICKLE: '127.0.0.1:0',
      NOCMATE_STATSD: '127.0.0.1:0',
      NOCMATE_SYSLOG: '127.0.0.1:0',
      NOCMATE_HOST_LOGS: 'off',
      NOCMATE_JOURNALD: 'off',
      NOCMATE_DISCOVER: 'off',
      NOCMATE_ADMIN_PASSWORD: 'correct horse battery',
      ...env,
    };
  }

  /** Starts it and resolves when everything serves. */
  static async start(options: ProductOptions = {}): Promise<Product> {
    const product = await Product.launched(options);
    await product.untilReady();
    return product;
  }

  /** Starts it and resolves when HTTP listens, be the stores there or not. */
  static async launched(options: ProductOptions = {}): Promise<Product> {
    const data = options.data ?? (await mkdtemp(join(tmpdir(), 'nocmate-product-')));
    const product = new Product(data, options);
    await product.launch();
    return product;
  }

  get base(): string {
    return this.#base;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts it anew on the same data. */
  async start(): Promise<void> {
    await this.launch();
    await this.untilReady();
  }

  /** Starts the process and resolves when HTTP listens. */
  async launch(): Promise<void> {
    const child = spawn(process.execPath, [this.#program, 'up'], { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    this.output = [];
    this.#base = await new Promise<string>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          this.output.push(line);
          const url = /listening on (http:\S+)/.exec(line)?.[1];
          if (url !== undefined) resolve(url);
        });
      }
      child.once('exit', (code) => reject(new Error(`it ended with ${code}:\n${this.output.join('\n')}`)));
    });
  }

  /** Resolves when the health answer is 200. */
  async untilReady(limitMs = START_LIMIT_MS): Promise<void> {
    await this.until(async () => (await this.health())?.status === 'ok', limitMs);
  }

  /** Polls until the claim holds; throws with what the product printed when it does not in time. */
  async until(claim: () => Promise<boolean>, limitMs = START_LIMIT_MS): Promise<void> {
    const end = performance.now() + limitMs;
    while (!(await claim().catch(() => false))) {
      if (performance.now() > end) throw new Error(`not within ${limitMs} ms; it printed:\n${this.output.join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async health(): Promise<Health | undefined> {
    const response = await fetch(`${this.#base}/api/health`).catch(() => undefined);
    return (await response?.json()) as Health | undefined;
  }

  /** A token of this scope, made by the command line beside the running server. */
  async token(scope: string): Promise<string> {
    const known = this.#tokens.get(scope);
    if (known !== undefined) return known;
    const args = [MAIN, 'token', 'create', '--name', `test ${scope}`, '--scope', scope];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: this.#env });
    this.#tokens.set(scope, stdout.trim());
    return stdout.trim();
  }

  /** A request with the admin token. */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${await this.token('admin')}`, ...init.headers };
    return fetch(this.#base + path, { ...init, headers });
  }

  async json<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await this.request(path, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  /** Rows of a read-only SQL text. */
  async sql<Row>(text: string): Promise<Row[]> {
    const answer = await this.json<{ data: Row[] }>('/api/sql?format=json', { method: 'POST', body: text });
    return answer.data;
  }

  self(): Promise<SelfStatus> {
    return this.json<SelfStatus>('/api/self');
  }

  /** Host and port of a listener by a part of its name: `graphite-plaintext`. */
  async listener(name: string): Promise<{ host: string; port: number }> {
    const { listeners } = await this.self();
    const found = listeners.find((one) => one.name.includes(name));
    if (found === undefined)
      throw new Error(`no listener ${name} among ${listeners.map((one) => one.name).join(', ')}`);
    const cut = found.address.lastIndexOf(':');
    return { host: found.address.slice(0, cut), port: Number(found.address.slice(cut + 1)) };
  }

  /** Pid of a child by a part of its name: `engine`, `postgres`. */
  async childPid(name: string): Promise<number> {
    const { processes } = await this.self();
    const found = processes.find((one) => one.name.includes(name));
    if (found === undefined) throw new Error(`no process ${name} among ${processes.map((one) => one.name).join(', ')}`);
    return found.pid;
  }

  /** Ends it with a signal; resolves with the exit code when it is gone. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  }

  /** Stops it in order. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** Stops it and removes its data. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.data, { recursive: true, force: true, maxRetries: 5 });
  }
}
