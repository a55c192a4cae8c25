import { AppError } from '#core/errors.ts';
import { RouteResponse } from '#core/route.ts';
import { Turn } from '#query/graphite/turn.ts';
import type { Annotation } from '#query/promql/value.ts';

/** What goes with an answer beside its data. */
export type Notes = { readonly warnings?: readonly string[]; readonly infos?: readonly string[] };

const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };
/** Characters of an answer that are sent together; an answer of less has its length in its header. */
const PIECE = 64 * 1024;

/** Annotations of an evaluation, each kind by itself. */
export function notesOf(annotations: readonly Annotation[]): Notes {
  const texts = (level: Annotation['level']): string[] =>
    annotations.filter((note) => note.level === level).map(({ message }) => message);
  return { warnings: texts('warn'), infos: texts('info') };
}

/** `{"status":"success","data":…}`. */
export function success(data: unknown, notes: Notes = {}): RouteResponse {
  return new RouteResponse(`{"status":"success","data":${JSON.stringify(data)}${notesText(notes)}}`, {
    headers: HEADERS,
  });
}

/** The same from pieces of the JSON text of `data`: sent as they come, other work of the thread may run between them. */
export async function successOf(pieces: Iterable<string>, notes: Notes = {}): Promise<RouteResponse> {
  const blocks = inBlocks(pieces, notes);
  const first = await blocks.next();
  const second = await blocks.next();
  const text = first.done === true ? '' : first.value;
  if (second.done === true) return new RouteResponse(text, { headers: HEADERS });
  return new RouteResponse(from([text, second.value], blocks), { headers: HEADERS });
}

async function* from(before: readonly string[], rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield* before;
  yield* rest;
}

async function* inBlocks(pieces: Iterable<string>, notes: Notes): AsyncGenerator<string> {
  const turn = new Turn();
  let block = '{"status":"success","data":';
  for (const piece of pieces) {
    block += piece;
    if (block.length < PIECE) continue;
    yield block;
    block = '';
    await turn.pass();
  }
  yield `${block}${notesText(notes)}}`;
}

function notesText({ warnings = [], infos = [] }: Notes): string {
  const part = (name: string, list: readonly string[]): string =>
    list.length === 0 ? '' : `,"${name}":${JSON.stringify(list)}`;
  return part('warnings', warnings) + part('infos', infos);
}

/** Answers every fault in the shape and with the status codes of Prometheus. */
export async function withPromErrors(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return failure(error);
    throw error;
  }
}

function failure(error: AppError): RouteResponse {
  const [errorType, status] = typeOf(error);
  return new RouteResponse(JSON.stringify({ status: 'error', errorType, error: error.message }), {
    status,
    headers: HEADERS,
  });
}

function typeOf({ code, status }: AppError): [errorType: string, status: number] {
  switch (code) {
    case 'bad_request':
    case 'too_large':
    case 'unsupported_media':
      return ['bad_data', status];
    case 'bad_query':
    case 'limit_rows':
    case 'limit_series':
    case 'limit_memory':
      return ['execution', 422];
    case 'limit_time':
      return ['timeout', 503];
    case 'cancelled':
      return ['canceled', 503];
    case 'unavailable':
    case 'too_many_requests':
    case 'disk_full':
      return ['unavailable', 503];
    case 'not_found':
      return ['not_found', 404];
    default:
      return ['internal', status];
  }
}
