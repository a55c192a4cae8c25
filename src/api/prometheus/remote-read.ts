import { BinaryReader } from '@bufbuild/protobuf/wire';
import { compress } from 'snappyjs';
import { uncompressSnappy } from '#core/bytes/snappy.ts';
import { AppError } from '#core/errors.ts';
import type { Matcher } from '#core/metric-query/query.ts';
import { type RouteRequest, RouteResponse } from '#core/route.ts';
import type { Interval } from '#query/promql/source.ts';
import type { PrometheusApi } from './prometheus-api.ts';
import { encodeReadResponse } from './remote-read-response.ts';

/** One query of a remote read request. */
export type ReadQuery = { readonly interval: Interval; readonly matchers: readonly Matcher[] };

const MAX_REQUEST_BYTES = 16 * 1024 * 1024;
/** Prometheus' `storage.remote.read-sample-limit`. */
const MAX_SAMPLES = 50_000_000;
/** The order of LabelMatcher.Type in prometheus/prompb/types.proto. */
const OPERATORS = ['=', '!=', '=~', '!~'] as const;

/** `POST /api/v1/read`: remote read with the response type SAMPLES (prometheus/prompb/remote.proto). */
export async function remoteRead(api: PrometheusApi, request: RouteRequest): Promise<RouteResponse> {
  const queries = decodeReadRequest(uncompressSnappy(request.body as Uint8Array, MAX_REQUEST_BYTES));
  await api.settled();
  const results = [];
  let samples = 0;
  for (const { matchers, interval } of queries) {
    const found = await api.source.select(matchers, interval, { signal: request.signal });
    samples += found.reduce((sum, { samples: { t } }) => sum + t.length, 0);
    if (samples > MAX_SAMPLES) throw new AppError('limit_rows', `exceeded sample limit (${MAX_SAMPLES})`);
    results.push(found);
  }
  return new RouteResponse(compress(await encodeReadResponse(results)), {
    headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' },
  });
}

/** The queries of a ReadRequest. Throws `bad_request`. */
export function decodeReadRequest(bytes: Uint8Array): ReadQuery[] {
  try {
    const queries: ReadQuery[] = [];
    eachField(new BinaryReader(bytes), (field, reader) => {
      if (field !== 1) return false;
      queries.push(readQuery(new BinaryReader(reader.bytes())));
      return true;
    });
    return queries;
  } catch (error) {
    throw new AppError('bad_request', 'the body is no ReadRequest of Prometheus', { cause: error });
  }
}

/** Calls `take` for each field; it says whether it has read the value. */
function eachField(reader: BinaryReader, take: (field: number, reader: BinaryReader) => boolean): void {
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (!take(field, reader)) reader.skip(type, field);
  }
}

function readQuery(reader: BinaryReader): ReadQuery {
  const matchers: Matcher[] = [];
  let [from, to] = [0, 0];
  eachField(reader, (field, values) => {
    if (field === 1) from = Number(values.int64());
    else if (field === 2) to = Number(values.int64());
    else if (field === 3) matchers.push(readMatcher(new BinaryReader(values.bytes())));
    else return false;
    return true;
  });
  return { interval: { from, to }, matchers };
}

function readMatcher(reader: BinaryReader): Matcher {
  let [type, label, value] = [0, '', ''];
  eachField(reader, (field, values) => {
    if (field === 1) type = values.int32();
    else if (field === 2) label = values.string();
    else if (field === 3) value = values.string();
    else return false;
    return true;
  });
  const op = OPERATORS[type];
  if (op === undefined) throw new RangeError(`there is no matcher type ${type}`);
  return { label, op, value };
}
