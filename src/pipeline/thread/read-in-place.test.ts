import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { readInPlace } from './read-in-place.ts';

/** A server that keeps what it reads, and a client of it. */
async function connected(context: TestContext) {
  const server = createServer({ pauseOnConnect: true });
  const accepted = Promise.withResolvers<Socket>();
  const read: string[] = [];
  const memory = new Set<ArrayBufferLike>();
  server.on('connection', (socket) => {
    accepted.resolve(
      readInPlace(socket, (chunk) => {
        read.push(Buffer.from(chunk).toString());
        memory.add(chunk.buffer);
      }),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  context.after(() => client.destroy());
  context.after(() => server.close());
  return { server, client, read, memory, socket: await accepted.promise };
}

test('all that is sent is read, in one piece of memory, and the way back is open', async (context) => {
  const { client, read, memory, socket } = await connected(context);
  const sent = 'servers.web-1.load 1 1795000000\n'.repeat(20_000);
  socket.write('welcome');
  const [answer] = (await once(client, 'data')) as [Buffer];
  assert.equal(answer.toString(), 'welcome');
  client.end(sent);
  await once(socket, 'end');
  assert.equal(read.join(''), sent);
  assert.equal(memory.size, 1);
});

test('a paused connection reads on when it is resumed', async (context) => {
  const { client, read, socket } = await connected(context);
  socket.pause();
  client.end('late');
  await once(client, 'finish');
  assert.deepEqual(read, []);
  socket.resume();
  await once(socket, 'end');
  assert.deepEqual(read, ['late']);
});

test('a server ends when its connections have gone, whoever ends them', async (context) => {
  const { server, client, socket } = await connected(context);
  const closed = once(server, 'close');
  server.close();
  socket.destroy();
  await closed;
  await once(client, 'close');
});
