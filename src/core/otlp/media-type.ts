import { AppError } from '../errors.ts';
import type { EndpointRequest } from '../plugin/input.ts';

export const MEDIA_TYPES = { protobuf: 'application/x-protobuf', json: 'application/json' } as const;
export type Encoding = keyof typeof MEDIA_TYPES;

/** The encoding of a request; undefined: its content type is neither. */
export function encodingOf(headers: EndpointRequest['headers']): Encoding | undefined {
  const [type] = typeOf(headers).split(';');
  return (['protobuf', 'json'] as const).find((encoding) => MEDIA_TYPES[encoding] === type?.trim().toLowerCase());
}

/** Throws `unsupported_media` when the content type is none of OTLP. */
export function checkedEncodingOf(headers: EndpointRequest['headers']): Encoding {
  const encoding = encodingOf(headers);
  if (encoding !== undefined) return encoding;
  const known = Object.values(MEDIA_TYPES).join(' or ');
  throw new AppError('unsupported_media', `the content type is "${typeOf(headers)}": send OTLP as ${known}`);
}

function typeOf(headers: EndpointRequest['headers']): string {
  const value = headers['content-type'];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}
