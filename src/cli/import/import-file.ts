import type { WriteAnswer } from '#core/plugin/input.ts';
import { csvRecords } from './csv-records.ts';
import { type ImportChunk, type RefusedLine, recordChunks } from './import-chunk.ts';
import type { ImportFormat } from './import-format.ts';
import type { ImportSource } from './import-source.ts';
import { jsonChunks } from './json-records.ts';
import { lineChunks } from './line-chunks.ts';
import { openMetricsRecords } from './openmetrics-records.ts';

export type FileImport = {
  readonly source: ImportSource;
  readonly format: ImportFormat;
  /** Lines before it are left out. */
  readonly fromLine: number;
  /** What timestamps of line protocol are: n, u, ms, s, m, h. */
  readonly precision: string | undefined;
  readonly send: (path: string, body: Uint8Array) => Promise<WriteAnswer>;
  readonly onRead: (bytes: number) => void;
  /** After each chunk that is durable. */
  readonly onStored: (rows: number, lastLine: number) => void;
};

/** What became of a file. */
export type FileOutcome = {
  readonly accepted: number;
  readonly refusedTotal: number;
  /** The first of each chunk. */
  readonly refused: readonly RefusedLine[];
};

/** Sends a file in chunks, each after the one before it is durable. */
export async function importFile(file: FileImport): Promise<FileOutcome> {
  let accepted = 0;
  let refusedTotal = 0;
  const refused: RefusedLine[] = [];
  for await (const chunk of chunksOf(file)) {
    const answer = chunk.rows === 0 ? undefined : await file.send(pathOf(file), chunk.body);
    accepted += answer?.accepted ?? 0;
    refusedTotal += (answer?.rejectedTotal ?? 0) + chunk.refused.length;
    const theirs = (answer?.rejected ?? []).map((one) => ({ ...one, line: chunk.lineOf(one.line) }));
    refused.push(...[...chunk.refused, ...theirs].sort((a, b) => a.line - b.line));
    file.onStored(chunk.rows, chunk.lastLine);
  }
  return { accepted, refusedTotal, refused };
}

function chunksOf({ source, format, fromLine, onRead }: FileImport): AsyncIterable<ImportChunk> {
  const stream = source.read(onRead);
  switch (format) {
    case 'csv':
      return recordChunks(csvRecords(stream, fromLine));
    case 'json':
      return jsonChunks(stream, fromLine);
    case 'openmetrics':
      return recordChunks(openMetricsRecords(stream, fromLine));
    case 'graphite':
    case 'influx':
      return lineChunks(stream, fromLine);
  }
}

function pathOf({ format, precision }: FileImport): string {
  switch (format) {
    case 'graphite':
      return '/api/ingest/graphite';
    case 'influx':
      return `/api/ingest/influx${precision === undefined ? '' : `?precision=${encodeURIComponent(precision)}`}`;
    case 'csv':
    case 'json':
      return '/api/ingest/json';
    case 'openmetrics':
      return '/api/ingest/json?unit=ms';
  }
}
