import { AppError } from '#core/errors.ts';
import type { EndpointRequest } from '#core/plugin/input.ts';

const PROTOBUF = 'application/x-protobuf';

/** The message of each version, as the parameter `proto` of the content type names it. */
const VERSIONS: Readonly<Record<string, 1 | 2>> = {
  'prometheus.WriteRequest': 1,
  'io.prometheus.write.v2.Request': 2,
};

/** The version of remote write that a request speaks; undefined: none. Without a content type it is 1.0, as in Prometheus. */
export function versionOf(headers: EndpointRequest['headers']): 1 | 2 | undefined {
  const [type = '', ...parameters] = headerOf(headers, 'content-type')
    .split(';')
    .map((part) => part.trim());
  if (type !== '' && type.toLowerCase() !== PROTOBUF) return undefined;
  const proto = parameters.find((parameter) => parameter.startsWith('proto='))?.slice('proto='.length);
  return proto === undefined ? 1 : VERSIONS[proto.replace(/^"(.*)"$/, '$1')];
}

/** Throws `unsupported_media` for what is not snappy-compressed protobuf of a known message. */
export function checkedVersionOf(headers: EndpointRequest['headers']): 1 | 2 {
  const encoding = headerOf(headers, 'content-encoding');
  if (encoding !== '' && encoding.toLowerCase() !== 'snappy') {
    throw new AppError('unsupported_media', `the content encoding is "${encoding}": remote write is sent with snappy`);
  }
  const version = versionOf(headers);
  if (version !== undefined) return version;
  const known = Object.keys(VERSIONS).map((proto) => `${PROTOBUF};proto=${proto}`);
  const type = headerOf(headers, 'content-type');
  throw new AppError('unsupported_media', `the content type is "${type}": send ${known.join(' or ')}`);
}

function headerOf(headers: EndpointRequest['headers'], name: string): string {
  const value = headers[name];
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim();
}
