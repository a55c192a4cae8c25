export { createHttpServer, type HttpServer } from './http-server.ts';
export { loadWebFiles } from './static-files.ts';
