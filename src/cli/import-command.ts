import { AppError, messageOf } from '#core/errors.ts';
import type { CommandLine } from './arguments.ts';
import type { RefusedLine } from './import/import-chunk.ts';
import { type FileOutcome, importFile } from './import/import-file.ts';
import { type ImportFormat, importFormat } from './import/import-format.ts';
import { type ImportSource, openSource } from './import/import-source.ts';
import { type IngestTarget, sendBody } from './import/ingest-client.ts';
import { ProgressBar } from './import/progress-bar.ts';

const DEFAULT_URL = 'http://127.0.0.1:8400';
/** So many refused lines are printed. */
const MAX_PRINTED = 100;

type Plan = {
  readonly path: string;
  readonly source: ImportSource;
  readonly format: ImportFormat;
  readonly fromLine: number;
};

/** `import FILE…`: sends samples from files to a running server. Resolves with 1 when any of them was refused. */
export async function importCommand({ words, flags }: CommandLine): Promise<number> {
  if (words.length === 0) throw new AppError('bad_request', 'name the files: nocmate import FILE… (- reads the input)');
  const target = targetOf(flags);
  const fromLine = lineOf(flags['from-line'], words.length);
  const plans = await Promise.all(
    words.map(async (path) => {
      return { path, format: importFormat(path, flags['format']), source: await openSource(path), fromLine };
    }),
  );
  const run = new ImportRun(target, plans, flags['precision']);
  for (const plan of plans) await run.file(plan);
  return run.summary();
}

/** One call of the command: what it has sent so far, and what it says about it. */
class ImportRun {
  readonly #target: IngestTarget;
  readonly #precision: string | undefined;
  readonly #totalBytes: number;
  readonly #bar = new ProgressBar(process.stderr);
  readonly #startedAt = performance.now();
  #readBytes = 0;
  #rows = 0;
  #accepted = 0;
  #refused = 0;
  #printed = 0;

  constructor(target: IngestTarget, plans: readonly Plan[], precision: string | undefined) {
    this.#target = target;
    this.#precision = precision;
    const sizes = plans.map(({ source }) => source.sizeBytes);
    this.#totalBytes = sizes.includes(0) ? 0 : sizes.reduce((sum, size) => sum + size, 0);
  }

  async file(plan: Plan): Promise<void> {
    let stored = plan.fromLine - 1;
    try {
      const outcome = await importFile({
        ...plan,
        precision: this.#precision,
        send: (path, body) => sendBody(this.#target, path, body),
        onRead: (bytes) => (this.#readBytes += bytes),
        onStored: (rows, lastLine) => {
          stored = lastLine;
          this.#rows += rows;
          this.#draw();
        },
      });
      this.#report(plan.path, outcome);
    } catch (error) {
      this.#bar.clear();
      const code = error instanceof AppError ? error.code : 'internal';
      throw new AppError(code, `${plan.path}: ${messageOf(error)}${resumeHint(plan, stored)}`, { cause: error });
    }
  }

  summary(): number {
    this.#bar.clear();
    const seconds = ((performance.now() - this.#startedAt) / 1_000).toFixed(1);
    process.stdout.write(`${this.#accepted} samples stored, ${this.#refused} refused, in ${seconds} s\n`);
    return this.#refused === 0 ? 0 : 1;
  }

  #draw(): void {
    const elapsedMs = performance.now() - this.#startedAt;
    this.#bar.draw({ readBytes: this.#readBytes, totalBytes: this.#totalBytes, rows: this.#rows, elapsedMs });
  }

  #report(path: string, { accepted, refusedTotal, refused }: FileOutcome): void {
    this.#accepted += accepted;
    this.#refused += refusedTotal;
    const shown = refused.slice(0, Math.max(0, MAX_PRINTED - this.#printed));
    this.#printed += shown.length;
    if (refusedTotal > 0) this.#bar.clear();
    for (const one of shown) process.stderr.write(`${path}:${one.line}: ${reasonText(one)}\n`);
    if (refusedTotal > shown.length)
      process.stderr.write(`${path}: ${refusedTotal - shown.length} more were refused\n`);
  }
}

function reasonText({ reason, detail }: RefusedLine): string {
  return detail === undefined ? reason : `${reason}: ${detail}`;
}

function resumeHint({ path, fromLine }: Plan, stored: number): string {
  if (stored < fromLine) return '';
  return `\nlines up to ${stored} are stored; go on with: nocmate import ${path} --from-line ${stored + 1}`;
}

function targetOf(flags: CommandLine['flags']): IngestTarget {
  const url = flags['url'] ?? process.env['NOCMATE_URL'] ?? DEFAULT_URL;
  if (!URL.canParse(url)) throw new AppError('bad_request', `"${url}" is no URL: write --url http://host:port`);
  return { url, token: flags['token'] ?? process.env['NOCMATE_TOKEN'] };
}

function lineOf(text: string | undefined, files: number): number {
  if (text === undefined) return 1;
  const line = Number(text);
  if (!Number.isInteger(line) || line < 1) throw new AppError('bad_request', `--from-line ${text} is no line number`);
  if (files > 1) throw new AppError('bad_request', '--from-line goes with one file');
  return line;
}
