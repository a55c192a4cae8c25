import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { isJsonObject, parseJson } from '#core/log-fields/parse-json.ts';
import type { Pull } from '#core/plugin/input.ts';
import { cursorOf, logOfEntry } from './journal-entry.ts';
import { LineSplitter } from './line-splitter.ts';

export type JournalOptions = {
  /** Of journal files; undefined: this machine's. */
  readonly directory: string | undefined;
  readonly units: readonly string[];
  /** Where it is begun at the very first start: entries from the end, or all. */
  readonly startAt: 'beginning' | 'end' | number;
};

const PROGRAM = 'journalctl';
const POSITION = 'cursor';
/** What this machine's journal is called where sources are listed. */
const OWN = 'the journal of this machine';
/** An entry of a megabyte that is no text is written as numbers, five characters a byte. */
const MAX_ENTRY_BYTES = 8 * 2 ** 20;
const MAX_SAID = 2_000;

/** Arguments that have `journalctl` write what comes after the cursor, and go on for ever. */
export function journalArguments({ directory, units, startAt }: JournalOptions, cursor: string | undefined): string[] {
  const lines = startAt === 'beginning' ? ['--no-tail'] : [`--lines=${startAt === 'end' ? 0 : startAt}`];
  return [
    ...['--output=json', '--all', '--quiet', '--follow'],
    ...(directory === undefined ? [] : [`--directory=${directory}`]),
    ...units.map((unit) => `--unit=${unit}`),
    ...(cursor === undefined ? lines : [`--after-cursor=${cursor}`, '--no-tail']),
  ];
}

/** Reads the journal until the inputs close. Throws when the program ends, with what it said. */
export async function readJournal(options: JournalOptions, pull: Pull): Promise<void> {
  const cursor = pull.positions.get(POSITION)?.['cursor'];
  const args = journalArguments(options, typeof cursor === 'string' ? cursor : undefined);
  const child = spawn(PROGRAM, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = endOf(child);
  const kill = (): void => void child.kill('SIGKILL');
  pull.signal.addEventListener('abort', kill, { once: true });
  try {
    await takeAll(child, options.directory ?? OWN, pull);
    const said = await ended;
    if (!pull.signal.aborted) throw new Error(`${PROGRAM} ended: ${said}`);
  } finally {
    pull.signal.removeEventListener('abort', kill);
    kill();
  }
}

async function takeAll({ stdout }: ChildProcess, name: string, pull: Pull): Promise<void> {
  const splitter = new LineSplitter(MAX_ENTRY_BYTES);
  const read = { records: 0, lastAt: 0 };
  pull.show(() => [{ name, source: 'journald', isDone: false, ...read }]);
  for await (const chunk of stdout ?? []) {
    const lines = splitter.add(chunk as Buffer);
    if (lines.length === 0 && splitter.tooLong === 0) continue;
    await pull.untilOpen();
    if (pull.signal.aborted) return;
    takeLines(lines, splitter, pull);
    read.records += lines.length;
    read.lastAt = Date.now();
  }
}

function takeLines(lines: readonly string[], splitter: LineSplitter, pull: Pull): void {
  pull.take((writer, move) => {
    for (; splitter.tooLong > 0; splitter.tooLong -= 1) writer.reject('too_long');
    let last: string | undefined;
    for (const line of lines) {
      const entry = parseJson(line);
      if (isJsonObject(entry)) {
        writer.log(logOfEntry(entry));
        last = cursorOf(entry) ?? last;
      } else writer.reject('bad_line');
    }
    if (last !== undefined) move(POSITION, { cursor: last });
  });
}

/** What the program said on its way out; never rejects. */
async function endOf(child: ChildProcess): Promise<string> {
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-MAX_SAID)));
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    return said.trim() || (signal ?? `code ${code}`);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such program here' : String(error);
  }
}
