import type { AppError } from '#core/errors.ts';
import type { EndpointReply, EndpointRequest, RejectedRecord, WriteAnswer } from '#core/plugin/input.ts';

/** Clients refuse servers without the second one. */
const HEADERS = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };
const DEFAULT_INDEX = 'logs';
const CREATED = 201;
const BUSY = 429;
/** What is refused now may be taken later; the operator's filters refuse for good, which is no fault. */
const LATER: ReadonlySet<string> = new Set(['disk_full', 'spool_full']);

type Cause = { readonly type: string; readonly reason: string };

/** An answer in JSON. */
export function json(status: number, value: unknown): EndpointReply {
  return { status, headers: HEADERS, body: JSON.stringify(value) };
}

/** One result for each item. When more were refused than are known, and some for now only, all is to be sent again. */
export function bulkReply(answer: WriteAnswer, { params, query }: EndpointRequest): EndpointReply {
  const { accepted, rejected, rejectedTotal } = answer;
  if (rejected.length < rejectedTotal && rejected.some(({ reason }) => LATER.has(reason))) {
    return failure(BUSY, 'es_rejected_execution_exception', 'there is no room for all of it: send it again later');
  }
  const names = query['filter_path'] === undefined ? { _index: params['index'] ?? DEFAULT_INDEX, _id: '' } : {};
  const created = { create: { ...names, status: CREATED } };
  const items = Array.from({ length: accepted + rejectedTotal }, (): unknown => created);
  const faults = rejected.filter(({ reason }) => reason !== 'filtered');
  for (const fault of faults) items[fault.line - 1] = { create: { ...names, ...outcomeOf(fault) } };
  return json(200, { took: 0, errors: faults.length > 0, items });
}

/** The answer to a single document. */
export function documentReply({ rejected: [fault] }: WriteAnswer, { params }: EndpointRequest): EndpointReply {
  if (fault === undefined || fault.reason === 'filtered') {
    return json(CREATED, { _index: params['index'] ?? DEFAULT_INDEX, _id: '', result: 'created', _version: 1 });
  }
  const { status, error } = outcomeOf(fault);
  return failure(status, error.type, error.reason);
}

/** An error in the words of Elasticsearch. */
export function failureOf({ status, message, retryable }: AppError): EndpointReply {
  const type = retryable ? 'es_rejected_execution_exception' : 'illegal_argument_exception';
  return failure(status === 507 ? BUSY : status, type, message);
}

function failure(status: number, type: string, reason: string): EndpointReply {
  return json(status, { error: { type, reason, root_cause: [{ type, reason }] }, status });
}

function outcomeOf({ reason, detail = reason }: RejectedRecord): { readonly status: number; readonly error: Cause } {
  if (LATER.has(reason)) return { status: BUSY, error: { type: 'es_rejected_execution_exception', reason: detail } };
  return { status: 400, error: { type: 'document_parsing_exception', reason: detail } };
}
