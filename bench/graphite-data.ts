import { once } from 'node:events';
import { connect } from 'node:net';
import { finished } from 'node:stream/promises';

const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const FLEET = 1000;
export const NESTED = 100;
export const FIVE = 'aliasByNode(scale(offset(integral(keepLastValue(bench.longs.*.load)),10),2),2)';
/** Seconds; all samples lie at or before this minute. */
export const end = Math.floor(Date.now() / 1000 / MINUTE) * MINUTE - MINUTE;

/** Sends the samples of all questions. Whole numbers, so that sums are the same in any order. */
export async function send(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  for (let t = end - 24 * HOUR; t <= end; t += 10) {
    let lines = t % MINUTE === 0 ? `bench.long.minutely ${t % 977} ${t}\n` : '';
    if (t % MINUTE === 0) {
      for (let host = 0; host < NESTED; host += 1) lines += `bench.longs.host${host}.load ${(t + host) % 100} ${t}\n`;
    }
    if (t >= end - HOUR) {
      for (let host = 0; host < FLEET; host += 1) lines += `bench.fleet.host${host}.load ${(t + host) % 100} ${t}\n`;
    }
    if (lines !== '' && !socket.write(lines)) await once(socket, 'drain');
  }
  socket.end();
  socket.resume();
  await finished(socket);
}
