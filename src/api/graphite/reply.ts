import { AppError } from '#core/errors.ts';
import { RouteResponse } from '#core/route.ts';
import type { FormFields } from './form-fields.ts';

/** JSON text as the answer, wrapped in a call when `jsonp` names a function. Throws `bad_request` for a bad name. */
export function jsonReply(json: string | Uint8Array, jsonp?: string): RouteResponse {
  if (jsonp === undefined || jsonp === '') return bodyReply(json, 'application/json');
  if (!/^[A-Za-z_$][\w$.]{0,200}$/.test(jsonp)) {
    throw new AppError('bad_request', 'the jsonp parameter must be the name of a function');
  }
  const call = Buffer.concat([Buffer.from(`${jsonp}(`), Buffer.from(json), Buffer.from(')')]);
  return new RouteResponse(call, { headers: noCache('text/javascript') });
}

/** A body of any kind as the answer. */
export function bodyReply(body: RouteResponse['body'], contentType: string): RouteResponse {
  return new RouteResponse(body, { headers: noCache(contentType) });
}

/** A plain text answer. */
export function textReply(text: string | Uint8Array, contentType: string, status = 200): RouteResponse {
  return new RouteResponse(text, { status, headers: noCache(contentType) });
}

/** A value as JSON, with the options `jsonp` and `pretty`. */
export function valueReply(value: unknown, fields: FormFields): RouteResponse {
  return jsonReply(JSON.stringify(value, undefined, fields.flag('pretty') ? 2 : undefined), fields.one('jsonp'));
}

function noCache(contentType: string): Record<string, string> {
  return { 'content-type': contentType, 'cache-control': 'no-cache' };
}

/** Answers the caller's mistakes as Graphite does: status 400 and the reason as plain text. */
export async function withPlainErrors(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.status === 400) return textReply(`${error.message}\n`, 'text/plain', 400);
    throw error;
  }
}
