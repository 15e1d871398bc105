import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** What a sender waits for, one after the other: a reply to each. */
export const STEPS = ['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'message'] as const;
export type Step = (typeof STEPS)[number];

/**
 * A reply code; or saying nothing, saying something without an end, closing in the middle of a reply, or resetting the connection.
 */
export type Fault = number | 'stalls' | 'drips' | 'closes half-way' | 'resets';

const SOUND: Readonly<Record<Step, string>> = {
  greeting: '220 sample.example ESMTP',
  EHLO: '250 sample.example',
  MAIL: '250 sender ok',
  RCPT: '250 recipient ok',
  DATA: '354 go on',
  message: '250 taken',
};
const DRIP_MS = 50;

/** A mail server that fails at one step in one way, or not at all; its refusals name whoever they are about, as real ones do. */
export class FaultyServer {
  fault: { step: Step; how: Fault } | null = null;
  /** Whole messages, as they came; also those that were then not acknowledged. */
  readonly messages: string[] = [];
  /** How long each connection stood, in milliseconds, in the order in which they ended. */
  readonly stood: number[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => this.serve(socket));
  }

  static async open(): Promise<FaultyServer> {
    const server = createServer();
    const faulty = new FaultyServer(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return faulty;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(socket: Socket): void {
    const began = performance.now();
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      this.sockets.delete(socket);
      this.stood.push(performance.now() - began);
    });
    let heard = '';
    let body = false;
    let recipient = '';
    this.reply(socket, 'greeting', '');
    socket.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
      for (;;) {
        const end = heard.indexOf(body ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const said = heard.slice(0, end);
        heard = heard.slice(end + (body ? 5 : 2));
        if (body) {
          body = false;
          this.messages.push(said);
          this.reply(socket, 'message', recipient);
          continue;
        }
        const verb = said.slice(0, 4).toUpperCase();
        if (verb === 'RCPT') recipient = said;
        if (verb === 'QUIT') socket.end('221 bye\r\n');
        else body = this.reply(socket, verb === 'HELO' ? 'EHLO' : (verb as Step), recipient) && verb === 'DATA';
      }
    });
  }

  /** Whether it was the sound reply. */
  private reply(socket: Socket, step: Step, about: string): boolean {
    const how = this.fault?.step === step ? this.fault.how : null;
    if (how === null) socket.write(`${SOUND[step]}\r\n`);
    else if (typeof how === 'number') socket.write(`${how} no: ${about}\r\n`);
    else if (how === 'resets') socket.resetAndDestroy();
    else if (how === 'closes half-way') socket.end(SOUND[step].slice(0, 2));
    else if (how === 'drips') drip(socket, SOUND[step].slice(0, 3));
    return how === null;
  }
}

/** Lines of one reply, which its last one never follows. */
function drip(socket: Socket, code: string): void {
  const dripping = setInterval(() => socket.write(`${code}-more\r\n`), DRIP_MS);
  socket.once('close', () => clearInterval(dripping));
}
