import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { messageOf } from '#core/errors.ts';
import type { PulledBody } from '#core/plugin/input.ts';
import type { BodyFormat } from './config.ts';

/** What of a message says how to read it. */
export type MessageParts = {
  readonly content: Uint8Array;
  readonly contentType?: string | undefined;
  readonly contentEncoding?: string | undefined;
  readonly routingKey: string;
};

/** A body, or why it cannot be read. */
export type MessageBody = { readonly body: PulledBody } | { readonly refusal: string };

/** Of a body after decompression. */
const MAX_BYTES = 32 * 2 ** 20;
const SNIFFED_BYTES = 200;

const LIMITS = { maxOutputLength: MAX_BYTES };
type Unpack = (bytes: Uint8Array) => Promise<Uint8Array>;
const UNPACK: Readonly<Record<string, Unpack>> = {
  identity: (bytes) => Promise.resolve(bytes),
  gzip: (bytes) => promisify(gunzip)(bytes, LIMITS),
  deflate: (bytes) => promisify(inflate)(bytes, LIMITS),
  br: (bytes) => promisify(brotliDecompress)(bytes, LIMITS),
  zstd: (bytes) => promisify(zstdDecompress)(bytes, LIMITS),
};

const FORMATS: Readonly<Record<BodyFormat, string>> = {
  graphite: 'graphite',
  json: 'json',
  'otlp-json': 'otlp-metrics-json',
  'otlp-protobuf': 'otlp-metrics-protobuf',
  influx: 'influx',
};

/** By content type; parameters do not count. */
const TYPES: Readonly<Record<string, BodyFormat>> = {
  '': 'graphite',
  'text/plain': 'graphite',
  'application/octet-stream': 'graphite',
  'application/x-graphite': 'graphite',
  'text/x-graphite': 'graphite',
  'application/json': 'json',
  'application/x-ndjson': 'json',
  'application/x-protobuf': 'otlp-protobuf',
  'application/protobuf': 'otlp-protobuf',
  'application/x-influx': 'influx',
  'text/x-influx': 'influx',
};

/** The body of a message, unpacked, and how it is read. */
export async function bodyOf(message: MessageParts, told: BodyFormat | 'auto'): Promise<MessageBody> {
  const { content, contentType = '', contentEncoding = '', routingKey } = message;
  const unpack = UNPACK[contentEncoding === '' ? 'identity' : contentEncoding.toLowerCase()];
  if (unpack === undefined) return { refusal: `content encoding ${contentEncoding} is not known` };
  if (content.length > MAX_BYTES) return { refusal: `the body has more than ${MAX_BYTES} bytes` };
  const unpacked = await unpack(content).catch((error: unknown) => messageOf(error));
  if (typeof unpacked === 'string') return { refusal: `the body cannot be unpacked (${contentEncoding}): ${unpacked}` };
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const format = told === 'auto' ? formatOf(type, unpacked) : told;
  if (format === undefined) return { refusal: `content type ${type} is not known` };
  const bytes = format === 'graphite' ? withNames(unpacked, routingKey) : unpacked;
  return { body: { format: FORMATS[format], bytes } };
}

/** OTLP and plain samples share a content type: an export begins with its only field. */
function formatOf(type: string, bytes: Uint8Array): BodyFormat | undefined {
  const format = TYPES[type];
  if (format !== 'json') return format;
  const begin = Buffer.from(bytes.subarray(0, SNIFFED_BYTES)).toString();
  return /^\s*\{\s*"resource_?[Mm]etrics"/.test(begin) ? 'otlp-json' : 'json';
}

/** Lines of `value timestamp` mean the path that is the routing key, as Diamond and carbon have it. */
function withNames(bytes: Uint8Array, routingKey: string): Uint8Array {
  if (routingKey === '' || /\s/.test(routingKey)) return bytes;
  const text = Buffer.from(bytes).toString('latin1');
  const named = text.replaceAll(/^[ \t]*(\S+[ \t]+\S+)[ \t]*\r?$/gm, (_, fields: string) => `\0${fields}`);
  if (named === text || !named.includes('\0')) return bytes;
  // The key is UTF-8, the text bytes.
  const key = `${Buffer.from(routingKey).toString('latin1')} `;
  return Buffer.from(
    named.replaceAll(/^\0/gm, () => key),
    'latin1',
  );
}
