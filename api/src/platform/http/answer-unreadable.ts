import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { describeRefusal } from '../errors/problem.filter.js';
import { Refusal } from '../errors/refusal.js';

const LINES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/**
 * Answers what Node cannot read as a request, and what it would refuse by itself without a word, as every other refusal is answered.
 * An expectation other than `100-continue` is passed over (RFC 9110, 10.1.1).
 */
export function answerUnreadable(server: Server): void {
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    server.emit('request', request, response);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const problem = describeRefusal(refusalOf(error.code), randomUUID());
    const text = JSON.stringify(problem);
    const head = [
      `HTTP/1.1 ${problem.status} ${LINES[problem.status] ?? ''}`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(text)}`,
      `X-Request-Id: ${problem.requestId}`,
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
  });
}

function refusalOf(code: string | undefined): Refusal {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Refusal(431, 'too-large', 'The address and the headers of the request are too large together.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Refusal(408, 'bad-request', 'The request did not come to its end in time.');
    default:
      return new Refusal(400, 'bad-request', 'Found something that is no HTTP request, expected one.');
  }
}
