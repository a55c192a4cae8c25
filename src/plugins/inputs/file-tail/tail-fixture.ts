import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RawLog } from '#core/model/log-record.ts';
import type { Pull, SourcePosition, SourceState } from '#core/plugin/input.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { systemClock } from '#io/clock.ts';
import { FileGroup } from './config.ts';
import { Tail } from './tail.ts';

const indented = (line: string): boolean => line.startsWith(' ');

/** Files in a folder of its own, and what was read of them over any number of lives of the reader. */
export class TailFixture {
  readonly folder: string;
  /** Aborted when the test's time is up. */
  readonly #over: AbortSignal;
  readonly positions = new Map<string, SourcePosition>();
  readonly logs: RawLog[] = [];
  readonly problems = new Map<string, string>();
  /** How far each source is read. */
  states: () => readonly SourceState[] = () => [];
  #failure: unknown;
  #life: { readonly end: AbortController; readonly ran: Promise<void> } | undefined;

  private constructor(folder: string, over: AbortSignal) {
    this.folder = folder;
    this.#over = over;
  }

  static async make(t: TestContext): Promise<TailFixture> {
    const fixture = new TailFixture(await mkdtemp(join(tmpdir(), 'nocmate-tail-')), t.signal);
    t.after(async () => {
      await fixture.stop();
      await rm(fixture.folder, { recursive: true });
    });
    return fixture;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Bodies in the order of reading. */
  get bodies(): string[] {
    return this.logs.map(({ body }) => Buffer.from(body).toString());
  }

  /** Reads groups of these options, or `*.log` line by line. */
  start(...groups: readonly Record<string, unknown>[]): void {
    const parsed = (groups.length === 0 ? [{}] : groups).map((group) => {
      return FileGroup.parse({ include: this.path('*.log'), multiline: 'off', ...group });
    });
    const end = new AbortController();
    const { now, monotonic } = systemClock;
    const tail = new Tail({
      ...{ groups: parsed, quiet: new Set(), host: 'here', continues: () => indented, now, monotonic },
      pull: this.#pull(end.signal),
    });
    const ran = tail.run().catch((error: unknown) => {
      this.#failure = error;
    });
    this.#life = { end, ran };
  }

  /** The reader is gone; what it had taken is kept. */
  async stop(): Promise<void> {
    this.#life?.end.abort();
    await this.#life?.ran;
    this.#life = undefined;
  }

  /** Resolves when the claim holds; the test's own time limit ends a vain wait. */
  async until(claim: () => boolean): Promise<void> {
    while (!claim()) {
      if (this.#failure !== undefined) throw this.#failure;
      await sleep(5, undefined, { signal: this.#over });
    }
  }

  #pull(signal: AbortSignal): Pull {
    return {
      positions: new Map(this.positions),
      signal,
      untilOpen: () => Promise.resolve(),
      take: (write) => {
        const writer = new RecordingWriter(Date.now());
        write(writer, (name, position) => {
          // As the journal has it.
          if (position === undefined) this.positions.delete(name);
          else this.positions.set(name, JSON.parse(JSON.stringify(position)) as SourcePosition);
        });
        this.logs.push(...writer.records.logs);
      },
      show: (states) => {
        this.states = states;
      },
      report: (source, problem) => {
        if (problem === undefined) this.problems.delete(source);
        else this.problems.set(source, problem);
      },
    };
  }
}
