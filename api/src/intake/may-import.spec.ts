import { expect, test } from '@jest/globals';
import { mayImport } from './may-import.js';

const TOKEN = 'a-token-of-forty-characters-for-the-spec';

test.each([
  ['127.0.0.1', { host: 'localhost:3000' }, true],
  ['::1', { host: '[::1]:3000' }, true],
  ['::ffff:127.0.0.1', { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' }, true],
  ['203.0.113.9', { host: 'localhost:3000' }, false],
  ['::ffff:203.0.113.9', { host: 'localhost' }, false],
  ['127.0.0.1.example', { host: 'localhost' }, false],
  [undefined, { host: 'localhost' }, false],
  ['127.0.0.1', {}, false],
  ['127.0.0.1', { host: 'localhost.example' }, false],
  ['127.0.0.1', { host: 'localhost', 'x-forwarded-for': '127.0.0.1' }, false],
  ['127.0.0.1', { host: 'localhost', forwarded: 'for=127.0.0.1' }, false],
  ['127.0.0.1', { host: 'localhost:3000', origin: 'http://localhost:4000' }, false],
  ['127.0.0.1', { host: 'localhost:3000', origin: 'null' }, false],
])('a peer at %s with %j may import without a token: %s', (peer, headers, may) => {
  expect(mayImport({ peer, headers }, undefined)).toBe(may);
  expect(mayImport({ peer, headers }, TOKEN)).toBe(may);
});

test.each([
  [`Bearer ${TOKEN}`, true],
  [`Bearer ${TOKEN.slice(1)}`, false],
  [TOKEN, false],
  ['Bearer undefined', false],
])('from anywhere with %j: %s', (authorization, may) => {
  const caller = { peer: '203.0.113.9', headers: { host: 'throughway.example', authorization } };
  expect(mayImport(caller, TOKEN)).toBe(may);
  expect(mayImport(caller, undefined)).toBe(false);
});
