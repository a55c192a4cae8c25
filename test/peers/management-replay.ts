import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const DATA = join(import.meta.dirname, '../../../shared/data/fixtures/jboss');
const [REALM, NONCE] = ['ManagementRealm', 'AAAAAQAAAStOzE9+F6jDpVGa'];

/** Why recordings of JBoss cannot be replayed here, or false. */
export const noRecordings: string | false = existsSync(DATA) ? false : 'no ../shared/data';

/** An operation of the management interface as it was asked. */
export type Operation = {
  readonly operation: string;
  readonly address: readonly Readonly<Record<string, string>>[];
  readonly 'child-type'?: string;
};

/** The text of a recording. */
export const recording = (file: string): string => readFileSync(join(DATA, file), 'utf8');

/** What an operation that succeeded answers. */
export const success = (result: unknown): string => JSON.stringify({ outcome: 'success', result });

/** A management interface on loopback with HTTP Digest, for the user `ops` with the password `horse`. */
export async function startManagement(answer: (operation: Operation) => string | undefined) {
  const asked: Operation[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      if (!isLoggedIn(request)) {
        response.setHeader('www-authenticate', `Digest realm="${REALM}",nonce="${NONCE}",qop="auth",algorithm=MD5`);
        response.writeHead(401).end('<html>Unauthorized</html>');
        return;
      }
      const operation = JSON.parse(body) as Operation;
      asked.push(operation);
      const said = answer(operation);
      const failed = { outcome: 'failed', 'failure-description': 'WFLYCTL0216: Management resource not found' };
      response.writeHead(said === undefined ? 500 : 200, { 'content-type': 'application/json' });
      response.end(said ?? JSON.stringify(failed));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/management`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const md5 = (input: string): string => createHash('md5').update(input).digest('hex');

function isLoggedIn({ headers, method = '', url = '' }: IncomingMessage): boolean {
  const fields = new Map(
    [...(headers.authorization ?? '').matchAll(/(\w+)=(?:"([^"]*)"|([^,\s]+))/g)].map(
      ([, name = '', quoted, plain = '']) => [name, quoted ?? plain],
    ),
  );
  const [user, what] = [md5(`ops:${REALM}:horse`), md5(`${method}:${url}`)];
  const counted = `${fields.get('nc') ?? ''}:${fields.get('cnonce') ?? ''}:auth`;
  return fields.get('response') === md5(`${user}:${NONCE}:${counted}:${what}`);
}
