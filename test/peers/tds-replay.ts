import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** The answer to a statement: rows of texts, all with the same columns. */
export type TdsRows = readonly Readonly<Record<string, string>>[];

/** Whom the server lets in, and what it answers; undefined: it knows no such table. */
export type TdsScript = {
  readonly password: string;
  readonly answer: (sql: string) => TdsRows | 'silence' | undefined;
};

/** Packets and tokens of MS-TDS (2.2.3.1, 2.2.7). */
const PACKET = { batch: 0x01, reply: 0x04, login: 0x10, prelogin: 0x12 } as const;
const TOKEN = { columns: 0x81, error: 0xaa, loginAck: 0xad, row: 0xd1, done: 0xfd } as const;
const NVARCHAR = 0xe7;
const HEADER = 8;
const MOST_DATA = 4_088;

/** A server that speaks so much of TDS 7.4, without TLS, as a client needs to log in and to read. */
export async function startTdsReplay(script: TdsScript) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => undefined));
    let received: Buffer = Buffer.alloc(0);
    let message: Buffer = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      while (received.length >= HEADER && received.length >= received.readUInt16BE(2)) {
        const packet = received.subarray(0, received.readUInt16BE(2));
        received = received.subarray(packet.length);
        message = Buffer.concat([message, packet.subarray(HEADER)]);
        if ((packet.readUInt8(1) & 1) === 0) continue;
        const reply = replyTo(packet.readUInt8(0), message, script);
        if (reply !== undefined) send(socket, reply);
        message = Buffer.alloc(0);
      }
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function send(socket: Socket, data: Buffer): void {
  for (let at = 0; at < data.length || at === 0; at += MOST_DATA) {
    const part = data.subarray(at, at + MOST_DATA);
    const header = Buffer.from([PACKET.reply, at + MOST_DATA >= data.length ? 1 : 0, 0, 0, 0, 0, 1, 0]);
    header.writeUInt16BE(part.length + HEADER, 2);
    socket.write(Buffer.concat([header, part]));
  }
}

function replyTo(type: number, message: Buffer, { password, answer }: TdsScript): Buffer | undefined {
  // Version 16.0.4105, and encryption: not supported.
  if (type === PACKET.prelogin) return Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0x10, 0x09, 0, 0, 2]);
  if (type === PACKET.login) {
    if (passwordOf(message) !== password) return failure(18_456, "Login failed for user 'nocmate'.");
    const body = Buffer.concat([Buffer.from([1, 0x74, 0, 0, 4]), short('replay'), Buffer.from([16, 0, 0x10, 0x09])]);
    return Buffer.concat([token(TOKEN.loginAck, body), done()]);
  }
  if (type !== PACKET.batch) return done();
  const sql = message.toString('utf16le', message.readUInt32LE(0));
  if (/^\s*set /i.test(sql)) return done();
  const rows = answer(sql);
  if (rows === 'silence') return undefined;
  return rows === undefined ? failure(208, 'Invalid object name.') : rowsReply(rows);
}

/** In LOGIN7 the nibbles of each byte are swapped and turned by A5. */
function passwordOf(login: Buffer): string {
  const [at, length] = [login.readUInt16LE(44), login.readUInt16LE(46) * 2];
  const bytes = login.subarray(at, at + length).map((byte) => {
    const turned = byte ^ 0xa5;
    return ((turned << 4) | (turned >> 4)) & 0xff;
  });
  return Buffer.from(bytes).toString('utf16le');
}

function rowsReply(rows: TdsRows): Buffer {
  const columns = Object.keys(rows[0] ?? { nothing: '' });
  const count = Buffer.alloc(3);
  count.writeUInt8(TOKEN.columns, 0);
  count.writeUInt16LE(columns.length, 1);
  const described = columns.map((name) => {
    const type = Buffer.from([0, 0, 0, 0, 9, 0, NVARCHAR, 0x40, 0x1f, 9, 4, 0xd0, 0, 0x34]);
    return Buffer.concat([type, short(name)]);
  });
  const lines = rows.map((row) => {
    return Buffer.concat([Buffer.from([TOKEN.row]), ...columns.map((name) => long(row[name] ?? ''))]);
  });
  return Buffer.concat([count, ...described, ...lines, done(rows.length)]);
}

function failure(number: number, message: string): Buffer {
  const body = Buffer.alloc(6);
  body.writeUInt32LE(number, 0);
  body.writeUInt8(1, 4);
  body.writeUInt8(14, 5);
  const text = long(message);
  text.writeUInt16LE(message.length, 0);
  const more = Buffer.concat([body, text, short('replay'), short(''), Buffer.from([1, 0, 0, 0])]);
  return Buffer.concat([token(TOKEN.error, more), done(0, 2)]);
}

function token(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt8(type, 0);
  head.writeUInt16LE(body.length, 1);
  return Buffer.concat([head, body]);
}

function done(rows = 0, status = rows > 0 ? 0x10 : 0): Buffer {
  const body = Buffer.alloc(13);
  body.writeUInt8(TOKEN.done, 0);
  body.writeUInt16LE(status, 1);
  body.writeUInt32LE(rows, 5);
  return body;
}

/** Text with its length in characters, in a byte. */
const short = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'utf16le')]);

/** Text with its length in bytes, in two. */
function long(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  const length = Buffer.alloc(2);
  length.writeUInt16LE(bytes.length, 0);
  return Buffer.concat([length, bytes]);
}
