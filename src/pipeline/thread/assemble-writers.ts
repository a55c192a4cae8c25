import { compileLogFilter } from '#core/log-query/match.ts';
import { parseLogQuery } from '#core/log-query/parse.ts';
import { systemClock } from '#io/clock.ts';
import type { LogParser } from '#parsing/log-parser.ts';
import { Ledger } from '#pipeline/ledger.ts';
import type { FromThread, ThreadData } from '#pipeline/protocol.ts';
import { SeriesRules } from './aggregation/series-rules.ts';
import { LiveTaps } from './live-taps.ts';
import { LogIntake } from './log-intake.ts';
import { LogPatterns } from './log-patterns.ts';
import { LogTaps } from './log-taps.ts';
import { NewSeries } from './new-series.ts';
import { OpenBatches } from './open-batches.ts';
import { RowTables } from './row-tables.ts';
import type { WriterParts } from './sample-writer.ts';
import { SeriesCatalogue } from './series-catalogue.ts';
import { loadSeriesHash } from './series-hash.ts';

/** What the writers share, and who is told of records before they are stored. */
export type Writers = {
  readonly writers: WriterParts;
  readonly logTaps: LogTaps;
  readonly newSeries: NewSeries;
  readonly patterns: LogPatterns;
};

type Assembly = {
  readonly data: ThreadData;
  readonly parser: LogParser;
  readonly post: (message: FromThread) => void;
};

/** The part of the ingest thread that takes records: series, rules, batches, live viewers. */
export async function assembleWriters({ data, parser, post }: Assembly): Promise<Writers> {
  const { config } = data;
  const hash = await loadSeriesHash();
  const catalogue = new SeriesCatalogue(hash, config);
  const { taps, rules, newSeries } = assembleWatchers(catalogue, { data, post });
  const tables = new RowTables(catalogue, hash, systemClock.now);
  const compile = (query: string) => compileLogFilter(parseLogQuery(query));
  const logTaps = new LogTaps(compile, post, systemClock.monotonic);
  const patterns = new LogPatterns({ ...data, post, monotonic: systemClock.monotonic });
  await patterns.start();
  const logs = new LogIntake({
    parser,
    batches: tables.logs,
    taps: logTaps,
    patterns: config.logPatterns ? patterns.miner : undefined,
    futureWindowMs: config.futureWindow,
    maxAgeMs: config.maxLogAge,
    startedAt: systemClock.now(),
  });
  const limits = { futureWindowMs: config.futureWindow, maxAgeMs: config.maxAge };
  const batches = new OpenBatches();
  const ledger = new Ledger(data.ledger);
  const writers = { catalogue, taps, rules, tables, logs, batches, ledger, limits, now: systemClock.now };
  return { writers, logTaps, newSeries, patterns };
}

/** Who is told of each new series. */
function assembleWatchers(catalogue: SeriesCatalogue, { data, post }: Pick<Assembly, 'data' | 'post'>) {
  const taps = new LiveTaps(catalogue, (columns) => post({ kind: 'tap', ...columns }));
  const rules = new SeriesRules(catalogue);
  const newSeries = new NewSeries(catalogue, post);
  catalogue.onNew = (ordinal) => {
    taps.onNew(ordinal);
    newSeries.onNew(ordinal);
    rules.onNew(ordinal);
  };
  rules.set(data.rules);
  return { taps, rules, newSeries };
}
