/** `npm start`: everything it takes, then the server. Flags are passed on: `npm start -- --listen 0.0.0.0`. */
process.argv.splice(2, 0, 'up');
await import('./nocmate.mjs');
