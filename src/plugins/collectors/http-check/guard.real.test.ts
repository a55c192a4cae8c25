import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { openContext } from '#work/context/open-context.ts';
import httpCheck from './index.ts';

test('a redirect does not lead a target of the page to where it may not go', async (t) => {
  const server = createServer((_, response) => {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { context, close } = openContext({ resolve: async () => '' }, false);
  t.after(() => {
    close();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const check = httpCheck.start(httpCheck.config.parse({ url, redirects: 1 }), context);
  const { states } = await check.collect({ signal: AbortSignal.timeout(10_000), scheduledAt: Date.now() });
  assert.equal(states?.[0]?.state, 'forbidden');
});
