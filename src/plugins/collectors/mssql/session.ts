import { attemptPart } from '#core/plugin/attempt-part.ts';
import type { CollectedValue, Collection, CollectionProblem } from '#core/plugin/collector.ts';
import { KeptConnection } from '#core/plugin/kept-connection.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import type { MssqlConfig } from './config.ts';
import { type MssqlRow, parseCounters, parseFiles, parseProperties, parseWaits } from './parse.ts';
import { COUNTERS_QUESTION, FILES_QUESTION, PROPERTIES_QUESTION, waitsQuestion } from './questions.ts';
import { openTds, type TdsConnection } from './tds-connection.ts';

type Part = {
  readonly name: string;
  readonly text: string;
  readonly parse: (rows: readonly MssqlRow[]) => readonly CollectedValue[];
};

const MS = 1_000;

/** The questions of one run, on a connection that is kept. */
export class MssqlSession {
  readonly #config: MssqlConfig;
  readonly #context: TargetContext;
  readonly #connection = new KeptConnection((signal) => openTds(this.#config, this.#context, signal));

  constructor(config: MssqlConfig, context: TargetContext) {
    this.#config = config;
    this.#context = context;
  }

  collect(signal: AbortSignal): Promise<Collection> {
    return this.#connection.ask((connection) => this.#collectFrom(connection, signal), signal);
  }

  close(): void {
    this.#connection.close();
  }

  async #collectFrom(connection: TdsConnection, signal: AbortSignal): Promise<Collection> {
    const values: CollectedValue[] = [...parseCounters(await connection.query(COUNTERS_QUESTION, signal))];
    const problems: CollectionProblem[] = [];
    for (const { name, text, parse } of this.#parts()) {
      await attemptPart(name, problems, async () => {
        values.push(...parse(await connection.query(text, signal)));
      });
    }
    const uptime = values.find(({ metric }) => metric === 'sqlserver_uptime_seconds')?.value;
    return { values, problems, ...(uptime === undefined ? {} : { startedAt: Date.now() - uptime * MS }) };
  }

  #parts(): readonly Part[] {
    const { waits } = this.#config;
    return [
      { name: 'server', text: PROPERTIES_QUESTION, parse: parseProperties },
      { name: 'files', text: FILES_QUESTION, parse: parseFiles },
      ...(waits > 0 ? [{ name: 'waits', text: waitsQuestion(waits), parse: parseWaits }] : []),
    ];
  }
}
