import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Problem } from '@throughway/contracts/problem';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { answerUnreadable } from './answer-unreadable.js';

let server: Server;

beforeAll(async () => {
  server = createServer((_, response) => response.setHeader('Connection', 'close').end('heard'));
  answerUnreadable(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => new Promise((done) => server.close(done)));

async function send(request: string): Promise<{ head: string; body: string }> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(request, 'latin1');
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return { head, body };
}

test.each<[string, string, number, string]>([
  ['a path of bytes that no address has', 'GET /\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'bad-request'],
  ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX-Filler: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'too-large'],
])('%s is answered as a problem', async (_, request, status, code) => {
  const { head, body } = await send(request);
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toContain('Content-Type: application/problem+json');
  expect(Problem.strict().parse(JSON.parse(body))).toMatchObject({ status, code });
  expect(head).toContain((JSON.parse(body) as Problem).requestId);
});

test('an expectation that nobody knows is passed over', async () => {
  const { head } = await send('GET / HTTP/1.1\r\nHost: x\r\nExpect: banana\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1.1 200 /);
});
