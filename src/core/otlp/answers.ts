import { BinaryWriter } from '@bufbuild/protobuf/wire';
import type { AppError } from '../errors.ts';
import type { EndpointReply, EndpointRequest, RejectedRecord, WriteAnswer } from '../plugin/input.ts';
import { encodingOf, MEDIA_TYPES } from './media-type.ts';

const MAX_SHOWN = 10;
/** What senders of OTLP send again. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** google.rpc.Code */
const INVALID_ARGUMENT = 3;
const UNAVAILABLE = 14;
const UNKNOWN = 2;

/** How the count of refused records is called in the JSON of a response; the protobuf of all of them is the same. */
export type RejectedField = 'rejectedDataPoints' | 'rejectedLogRecords';

/**
 * 200 with an `Export…ServiceResponse`: what was refused stands in its partial success. 503 when there was no room. What a
 * filter of the operator leaves out is no failure.
 */
export function replyTo(answer: WriteAnswer, request: EndpointRequest, field: RejectedField): EndpointReply {
  const isFine = answer.rejected.every(({ reason }) => reason === 'filtered');
  if (isFine) return encoded(request, 200, { protobuf: new Uint8Array(), json: {} });
  const message = messageOf(answer);
  if (answer.rejected.some(({ reason }) => reason === 'disk_full' || reason === 'spool_full')) {
    return status(request, 503, message);
  }
  const points = rejectedPoints(answer);
  const protobuf = new BinaryWriter()
    .tag(1, 2)
    .fork()
    .tag(1, 0)
    .int64(points)
    .tag(2, 2)
    .string(message)
    .join()
    .finish();
  const json = { partialSuccess: { [field]: String(points), errorMessage: message } };
  return encoded(request, 200, { protobuf, json });
}

/** A `google.rpc.Status` in the encoding of the request. */
export function failureOf(error: AppError, request: EndpointRequest): EndpointReply {
  const isKnown = !error.retryable || RETRYABLE.has(error.status);
  return status(request, isKnown ? error.status : 503, error.message);
}

function status(request: EndpointRequest, httpStatus: number, message: string): EndpointReply {
  const code = httpStatus < 429 ? INVALID_ARGUMENT : RETRYABLE.has(httpStatus) ? UNAVAILABLE : UNKNOWN;
  const protobuf = new BinaryWriter().tag(1, 0).int32(code).tag(2, 2).string(message).finish();
  return encoded(request, httpStatus, { protobuf, json: { code, message } });
}

type Message = { readonly protobuf: Uint8Array; readonly json: unknown };

/** JSON for whoever sent what is no OTLP: a person can read it. */
function encoded(request: EndpointRequest, code: number, { protobuf, json }: Message): EndpointReply {
  const encoding = encodingOf(request.headers) ?? 'json';
  const headers = { 'content-type': MEDIA_TYPES[encoding] };
  return { status: code, headers, body: encoding === 'json' ? JSON.stringify(json) : protobuf };
}

/** A point can be many records. With more records than are listed the points are not known; so many at most. */
function rejectedPoints({ rejected, rejectedTotal }: WriteAnswer): number {
  return rejected.length < rejectedTotal ? rejectedTotal : new Set(rejected.map(({ line }) => line)).size;
}

function messageOf({ rejected, rejectedTotal }: WriteAnswer): string {
  const lines = [...new Set(rejected.map(rejectedText))];
  const shown = lines.slice(0, MAX_SHOWN).join('; ');
  const isAll = lines.length <= MAX_SHOWN && rejected.length === rejectedTotal;
  return isAll ? shown : `${shown}; and more, ${rejectedTotal} records in all`;
}

function rejectedText({ reason, detail }: RejectedRecord): string {
  return detail === undefined ? reason : `${reason}: ${detail}`;
}
