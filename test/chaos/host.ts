// The product's server in a process of its own, to be killed: node host.ts PORT DATA SECRET.
import { startServer } from '../../worker/cli/server.ts';

const [port, data, secret] = process.argv.slice(2) as [string, string, string];
await startServer({ port: Number(port), data, secret });
console.log('ready');
