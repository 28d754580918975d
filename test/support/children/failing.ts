import { startPostgres } from '../postgresServer.js';

// A test run that failed, in short: it used a server, stopped it, and has nothing left to do but to say so.
const server = await startPostgres(['fsync=off']);
await server.stop();
process.exitCode = 3;
