export { createHttpServer, type HttpServer } from './http-server.ts';
export { isOwnOrigin } from './origin.ts';
export { loadWebFiles } from './static-files.ts';
