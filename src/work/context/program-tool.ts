import { type ChildProcess, spawn } from 'node:child_process';
import { messageOf } from '#core/errors.ts';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { ProgramOptions, ProgramOutcome, ProgramTool } from '#core/plugin/target-context.ts';
import type { AddressGuard } from './address-guard.ts';
import { heeding } from './heeding.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const LARGEST_BYTES = 65_536;
/** How long outputs are read after the program's end: something that it has started may hold them open for ever. */
const GRACE_MS = 200;

/** Programs of one target; `close` kills those that run. */
export function createProgramTool(guard: AddressGuard): { readonly programs: ProgramTool; readonly close: () => void } {
  const running = new Set<ChildProcess>();

  async function run(program: string, args: readonly string[], options: ProgramOptions): Promise<ProgramOutcome> {
    const { signal, env = {}, isChosen = false } = options;
    signal.throwIfAborted();
    if (isChosen) guard.checkProgram(program);
    const started = performance.now();
    const environment = { PATH, LC_ALL: 'C', ...env };
    const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    running.add(child);
    const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => kept(stream, options.maxBytes));
    try {
      const exitCode = await ended(child, signal);
      const durationMs = performance.now() - started;
      return { exitCode, stdout: stdout?.() ?? '', stderr: stderr?.() ?? '', durationMs };
    } catch (error) {
      killGroup(child);
      if (signal.aborted) throw signal.reason;
      throw new CollectError('answer', `${program} cannot be run: ${messageOf(error)}`, { cause: error });
    } finally {
      running.delete(child);
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
    }
  }

  return {
    programs: { run },
    close: () => {
      for (const child of running) killGroup(child);
    },
  };
}

/** Reads a stream to its end and keeps its beginning. */
function kept(stream: NodeJS.ReadableStream, maxBytes = LARGEST_BYTES): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    if (bytes < maxBytes) chunks.push(chunk.subarray(0, maxBytes - bytes));
    bytes += chunk.length;
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

/** Its exit code, when it has ended and its outputs are read. */
function ended(child: ChildProcess, signal: AbortSignal): Promise<number | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const end = heeding<number | undefined>(signal, (resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? undefined));
    child.once('exit', (code) => {
      timer = setTimeout(() => resolve(code ?? undefined), GRACE_MS);
    });
  });
  return end.finally(() => clearTimeout(timer));
}

/** Kills it and all that it has started; what is gone already is well. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
