import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { CollectError } from '#core/plugin/collect-error.ts';

/** What one line of the sidecar says. */
const Answer = z.looseObject({
  id: z.number(),
  error: z.enum(['auth', 'unreachable', 'protocol', 'answer']).optional(),
  message: z.string().optional(),
});

type Waiting = { readonly resolve: (line: string) => void; readonly reject: (error: Error) => void };

const SOURCE = join(import.meta.dirname, 'JmxBridge.java');
/** What may come out of the wire: classes of the JDK that JMX speaks in. */
const FILTER = [
  ...[
    'maxdepth=30',
    'maxarray=200000',
    'java.lang.*',
    'java.math.*',
    'java.net.*',
    'java.util.*',
    'java.time.*',
    'java.io.*',
    'java.security.*',
  ],
  ...[
    'java.rmi.**',
    'javax.management.**',
    'javax.security.auth.**',
    'javax.naming.**',
    'javax.rmi.ssl.*',
    'sun.rmi.**',
    'com.sun.jmx.**',
    '!*',
  ],
].join(';');
const FLAGS = ['-Xmx64m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', `-Djdk.serialFilter=${FILTER}`];
const KEPT_WORDS = 2_000;
/** Targets that are all down need no virtual machine. */
const IDLE_MS = 300_000;

/**
 * The virtual machine that all targets share: it starts with the first question and ends when the last target is closed,
 * or with this process. Passwords go through its standard input, never into its arguments.
 */
export class JmxSidecar {
  readonly #program: string;
  #users = 0;
  #idle: NodeJS.Timeout | undefined;
  #child: ChildProcessWithoutNullStreams | undefined;
  #lastId = 0;
  readonly #waiting = new Map<number, Waiting>();

  /** `program` starts a virtual machine of Java. */
  constructor(program = 'java') {
    this.#program = program;
  }

  /** To be called once for each target, before it asks. */
  open(): void {
    this.#users++;
  }

  /** The target asks no more. */
  close(address: string): void {
    this.#users--;
    if (this.#users > 0) this.#child?.stdin.write(line(['close', address]));
    else this.#end();
  }

  /** The line that answers a request; `words` are as {@link SOURCE} wants them, without the id. Throws `CollectError`. */
  async ask(words: readonly string[], signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const child = (this.#child ??= this.#start());
    this.#rest();
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const giveUp = (): void => reject(signal.reason as Error);
    this.#waiting.set(id, { resolve, reject });
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      child.stdin.write(line([String(id), ...words]));
      const text = await promise;
      const { error, message = '' } = Answer.parse(JSON.parse(text));
      if (error !== undefined) throw new CollectError(error, message);
      return text;
    } finally {
      this.#waiting.delete(id);
      signal.removeEventListener('abort', giveUp);
    }
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = spawn(this.#program, [...FLAGS, SOURCE], {
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' },
    });
    let said = '';
    child.stderr.on('data', (text) => {
      said = (said + String(text)).slice(-KEPT_WORDS);
    });
    child.stdin.on('error', () => undefined);
    createInterface(child.stdout).on('line', (text) => {
      const id = Number(/^\{"id":(\d+)/.exec(text)?.[1]);
      this.#waiting.get(id)?.resolve(text);
    });
    child.once('error', (cause) => this.#gone(child, 'no java can be started: this collector needs a JDK', cause));
    child.once('exit', (code) => this.#gone(child, `the virtual machine ended with ${code}: ${said.trim()}`));
    return child;
  }

  /** The next question starts another one. */
  #gone(child: ChildProcessWithoutNullStreams, message: string, cause?: Error): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    for (const { reject } of this.#waiting.values()) reject(new CollectError('answer', message, { cause }));
  }

  /** Counts anew the time in which nobody asks. */
  #rest(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#end(), IDLE_MS).unref();
  }

  /** It ends by itself when its input does. */
  #end(): void {
    clearTimeout(this.#idle);
    const child = this.#child;
    this.#child = undefined;
    child?.stdin.end();
  }
}

const line = (words: readonly string[]): string => `${words.map(encodeURIComponent).join('\t')}\n`;
