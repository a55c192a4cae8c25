import { CollectError } from '#core/plugin/collect-error.ts';
import type { TcpConnection } from '#core/plugin/target-context.ts';

/** FastCGI 1.0, §8: types of records. */
const [BEGIN, END, PARAMS, STDIN, STDOUT] = [1, 3, 4, 5, 6];
const VERSION = 1;
const HEADER_BYTES = 8;
const REQUEST_ID = 1;
const LARGEST_BYTES = 4 * 2 ** 20;
/** Role responder, and the connection is closed after the answer. */
const RESPOND_AND_CLOSE = Buffer.from([0, 1, 0, 0, 0, 0, 0, 0]);

export type CgiReply = { readonly status: number; readonly body: string };

/** A GET over FastCGI. Throws `protocol` and `too_large`, and as the connection does. */
export async function fastCgiGet(
  connection: TcpConnection,
  { path, query, host }: { readonly path: string; readonly query: string; readonly host: string },
  signal: AbortSignal,
): Promise<CgiReply> {
  const params = {
    ...{ SCRIPT_NAME: path, SCRIPT_FILENAME: path, REQUEST_URI: `${path}?${query}`, QUERY_STRING: query },
    ...{ REQUEST_METHOD: 'GET', SERVER_PROTOCOL: 'HTTP/1.1', GATEWAY_INTERFACE: 'CGI/1.1', SERVER_NAME: host },
    ...{ REMOTE_ADDR: '127.0.0.1', SERVER_SOFTWARE: 'NOCMATE-Rx' },
  };
  const sent = [record(BEGIN, RESPOND_AND_CLOSE), record(PARAMS, encodeParams(params))];
  connection.write(Buffer.concat([...sent, record(PARAMS), record(STDIN)]));
  return parseCgi(await readOutput(connection, signal));
}

async function readOutput(connection: TcpConnection, signal: AbortSignal): Promise<string> {
  const output: Buffer[] = [];
  let size = 0;
  for (;;) {
    const header = await connection.readBytes(HEADER_BYTES, signal);
    const [version, type] = header;
    const isRecord = version === VERSION && header.readUInt16BE(2) === REQUEST_ID;
    if (!isRecord) throw new CollectError('protocol', 'what answers does not speak FastCGI');
    const length = header.readUInt16BE(4);
    const content = await connection.readBytes(length + header.readUInt8(6), signal);
    if (type === END) return Buffer.concat(output).toString('utf8');
    if (type !== STDOUT) continue;
    output.push(content.subarray(0, length));
    size += length;
    if (size > LARGEST_BYTES) throw new CollectError('too_large', `the answer is larger than ${LARGEST_BYTES} bytes`);
  }
}

/** Header lines, an empty line, the body (RFC 3875 §6). */
export function parseCgi(output: string): CgiReply {
  const [, head = '', body] = /^(.*?)\r?\n\r?\n(.*)$/s.exec(output) ?? [];
  if (body === undefined) throw new CollectError('protocol', 'the answer over FastCGI has no header');
  const status = Number(/^status:\s*(\d+)/im.exec(head)?.[1] ?? 200);
  return { status, body };
}

function record(type: number, content: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(VERSION, 0);
  header.writeUInt8(type, 1);
  header.writeUInt16BE(REQUEST_ID, 2);
  header.writeUInt16BE(content.length, 4);
  return Buffer.concat([header, content]);
}

/** Name-value pairs (§3.4); a length of more than 127 takes four bytes. */
function encodeParams(params: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(params).flatMap(([name, value]) => {
    const texts = [Buffer.from(name), Buffer.from(value)];
    return [...texts.map(({ length }) => lengthBytes(length)), ...texts];
  });
  return Buffer.concat(pairs);
}

function lengthBytes(length: number): Buffer {
  if (length < 128) return Buffer.from([length]);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length + 2 ** 31);
  return bytes;
}
