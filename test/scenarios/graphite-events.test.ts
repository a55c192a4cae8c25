import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Product } from '#test/product/product.ts';

const NOW = Math.floor(Date.now() / 1000);
type Listed = { when: number; what: string; data: string; tags: string[]; id: number };

let product: Product;

before(async () => {
  product = await Product.start();
});
after(() => product?.remove());

async function post(event: object): Promise<number> {
  const answer = await product.json<{ id: number }>('/events/', { method: 'POST', body: JSON.stringify(event) });
  return answer.id;
}

const list = (query: string): Promise<Listed[]> => product.json<Listed[]>(`/events/get_data?${query}`);

async function ids(query: string): Promise<number[]> {
  return (await list(`from=${NOW - 600}&until=${NOW - 100}&${query}`)).map(({ id }) => id);
}

test('an event keeps the id that its POST answered, through a crash and a restart', async () => {
  const first = await post({ what: 'deploy', tags: ['shop', 'v2'], when: NOW - 500, data: 'by hand' });
  const again = await post({ what: 'deploy', tags: 'shop v2', when: NOW - 500, data: 'by hand' });
  const other = await post({ what: 'reboot', tags: ['shop'], when: NOW - 400 });
  assert.equal(new Set([first, again, other]).size, 3);
  await product.end('SIGKILL');
  await product.start();
  const shown = await product.json(`/events/${first}/`);
  const when = new Date((NOW - 500) * 1000).toISOString().replace('.000Z', 'Z');
  assert.deepEqual(shown, { id: first, when, what: 'deploy', data: 'by hand', tags: ['shop', 'v2'] });
  assert.deepEqual(new Set(await ids('tags=shop')), new Set([first, again, other]));
  assert.deepEqual(new Set(await ids('tags=shop+v2&set=intersection')), new Set([first, again]));
  assert.deepEqual(await ids('tags=v3+shop&set=intersection'), []);
  assert.equal((await ids('tags=v3+v2&set=union')).length, 2);
  assert.equal((await product.request('/events/1')).status, 404);
});
