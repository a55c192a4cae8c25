import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { compress } from 'snappyjs';
import type { PrometheusApi } from '#api/prometheus/prometheus-api.ts';
import { uncompressSnappy } from '#core/bytes/snappy.ts';
import { AppError } from '#core/errors.ts';
import type { Matcher } from '#core/metric-query/query.ts';
import { type RouteRequest, RouteResponse } from '#core/route.ts';
import type { Interval, SourceSeries } from '#query/promql/source.ts';
import { encodeReadResponse } from './sampled-response.ts';
import { STREAMED_TYPE, streamedFrames } from './streamed-response.ts';

/** One query of a remote read request. */
export type ReadQuery = { readonly interval: Interval; readonly matchers: readonly Matcher[] };

const MAX_REQUEST_BYTES = 16 * 1024 * 1024;
/** Prometheus' `storage.remote.read-sample-limit`. */
const MAX_SAMPLES = 50_000_000;
/** The order of LabelMatcher.Type in prometheus/prompb/types.proto. */
const OPERATORS = ['=', '!=', '=~', '!~'] as const;

/** The order of ReadRequest.ResponseType. */
const RESPONSE_TYPES = ['samples', 'chunks'] as const;
type ResponseType = (typeof RESPONSE_TYPES)[number];

/** What is asked, and in which shapes the answer may come: the wanted ones first. */
export type ReadRequest = { readonly queries: readonly ReadQuery[]; readonly accepted: readonly ResponseType[] };

/**
 * `POST /api/v1/read`: remote read with the response types SAMPLES and STREAMED_XOR_CHUNKS (prometheus/prompb/remote.proto).
 * What has native histograms is answered as SAMPLES. Throws `bad_request`, `limit_rows`, `unsupported_media`.
 */
export async function remoteRead(api: PrometheusApi, request: RouteRequest): Promise<RouteResponse> {
  const { queries, accepted } = decodeReadRequest(uncompressSnappy(request.body as Uint8Array, MAX_REQUEST_BYTES));
  await api.settled();
  const results: (readonly SourceSeries[])[] = [];
  let samples = 0;
  for (const { matchers, interval } of queries) {
    const found = await api.source.select(matchers, interval, { signal: request.signal });
    samples += found.reduce((sum, { samples: { t } }) => sum + t.length, 0);
    if (samples > MAX_SAMPLES) throw new AppError('limit_rows', `exceeded sample limit (${MAX_SAMPLES})`);
    results.push(found);
  }
  if (responseType(accepted, results) === 'chunks') {
    return new RouteResponse(streamedFrames(results), { headers: { 'content-type': STREAMED_TYPE } });
  }
  return new RouteResponse(compress(await encodeReadResponse(results)), {
    headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' },
  });
}

/** Who names no type takes SAMPLES. */
function responseType(accepted: readonly ResponseType[], results: readonly (readonly SourceSeries[])[]): ResponseType {
  const hasHistograms = results.some((series) =>
    series.some(({ samples }) => samples.histograms?.some((one) => one !== undefined) === true),
  );
  const found = (accepted.length === 0 ? ['samples' as const] : accepted).find(
    (type) => type === 'samples' || !hasHistograms,
  );
  if (found !== undefined) return found;
  throw new AppError(
    'bad_request',
    'there are native histograms, which are answered as SAMPLES only: accept these too',
  );
}

/** Reads a ReadRequest; response types that are not known are passed over. Throws `bad_request`. */
export function decodeReadRequest(bytes: Uint8Array): ReadRequest {
  try {
    const queries: ReadQuery[] = [];
    const accepted: (ResponseType | undefined)[] = [];
    eachField(new BinaryReader(bytes), (field, reader, type) => {
      if (field === 1) queries.push(readQuery(new BinaryReader(reader.bytes())));
      else if (field === 2) accepted.push(...readTypes(reader, type));
      else return false;
      return true;
    });
    return { queries, accepted: accepted.filter((type) => type !== undefined) };
  } catch (error) {
    throw new AppError('bad_request', 'the body is no ReadRequest of Prometheus', { cause: error });
  }
}

/** Calls `take` for each field; it says whether it has read the value. */
function eachField(reader: BinaryReader, take: (field: number, reader: BinaryReader, type: WireType) => boolean): void {
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (!take(field, reader, type)) reader.skip(type, field);
  }
}

/** A repeated enum, packed or not. */
function readTypes(reader: BinaryReader, type: WireType): (ResponseType | undefined)[] {
  if (type === WireType.Varint) return [RESPONSE_TYPES[reader.int32()]];
  const packed = new BinaryReader(reader.bytes());
  const found: (ResponseType | undefined)[] = [];
  while (packed.pos < packed.len) found.push(RESPONSE_TYPES[packed.int32()]);
  return found;
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
