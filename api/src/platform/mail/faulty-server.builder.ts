import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
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

/** A mail server that fails where and how it is told to; its refusals name whoever they are about, as real ones do. */
export class FaultyServer {
  /** What is wrong at a step, if anything; `recipient` is empty before there is one. */
  faultAt: (step: Step, recipient: string) => Fault | null = () => null;
  /** How long it thinks before it greets, before it takes a message, and again before it says so. */
  pauseMs = 0;
  /** Messages that it took, whole and as they came; also those that it then did not acknowledge. */
  readonly messages: { recipient: string; text: string }[] = [];
  /** How many senders wait for its greeting. */
  greeting = 0;
  /** How many messages it has wholly and has not answered for yet. */
  thinking = 0;
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
    void this.greet(socket);
    socket.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
      for (;;) {
        const end = heard.indexOf(body ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const said = heard.slice(0, end);
        heard = heard.slice(end + (body ? 5 : 2));
        if (body) {
          body = false;
          void this.take(socket, recipient, said);
          continue;
        }
        const verb = said.slice(0, 4).toUpperCase();
        if (verb === 'RCPT') recipient = /<(.*)>/.exec(said)?.[1] ?? '';
        if (verb === 'QUIT') socket.end('221 bye\r\n');
        else body = this.reply(socket, verb === 'HELO' ? 'EHLO' : (verb as Step), recipient) && verb === 'DATA';
      }
    });
  }

  private async greet(socket: Socket): Promise<void> {
    this.greeting += 1;
    if (this.pauseMs > 0) await delay(this.pauseMs);
    this.greeting -= 1;
    this.reply(socket, 'greeting', '');
  }

  private async take(socket: Socket, recipient: string, text: string): Promise<void> {
    this.thinking += 1;
    const how = this.faultAt('message', recipient);
    await delay(this.pauseMs);
    if (typeof how !== 'number') this.messages.push({ recipient, text });
    await delay(this.pauseMs);
    this.thinking -= 1;
    this.say(socket, 'message', recipient, how);
  }

  /** Whether it was the sound reply. */
  private reply(socket: Socket, step: Step, recipient: string): boolean {
    const how = this.faultAt(step, recipient);
    this.say(socket, step, recipient, how);
    return how === null;
  }

  private say(socket: Socket, step: Step, recipient: string, how: Fault | null): void {
    if (how === null) socket.write(`${SOUND[step]}\r\n`);
    else if (typeof how === 'number') socket.write(`${how} no: <${recipient}>\r\n`);
    else if (how === 'resets') socket.resetAndDestroy();
    else if (how === 'closes half-way') socket.end(SOUND[step].slice(0, 2));
    else if (how === 'drips') drip(socket, SOUND[step].slice(0, 3));
  }
}

/** Lines of one reply, which its last one never follows. */
function drip(socket: Socket, code: string): void {
  const dripping = setInterval(() => socket.write(`${code}-more\r\n`), DRIP_MS);
  socket.once('close', () => clearInterval(dripping));
}
