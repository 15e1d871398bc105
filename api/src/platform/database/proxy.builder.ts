import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a database that a spec can cut and mend: a TCP proxy on loopback. */
export interface Proxy {
  /** The database's URL by way of the proxy. */
  url: string;
  /** Breaks every connection and takes no new one. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

export async function aProxyTo(databaseUrl: string): Promise<Proxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const open = (port: number): Promise<Server> =>
    new Promise((done, fail) => {
      const server = createServer((near) => {
        const far = connect(Number(target.port), target.hostname);
        for (const [from, to] of [
          [near, far],
          [far, near],
        ] as const) {
          sockets.add(from);
          from.on('error', () => to.destroy()).on('close', () => to.destroy());
          from.pipe(to);
        }
      });
      server.once('error', fail).listen(port, '127.0.0.1', () => done(server));
    });
  let server = await open(0);
  const { port } = server.address() as AddressInfo;
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    cut: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      await closed;
    },
    mend: async () => {
      server = await open(port);
    },
  };
}
