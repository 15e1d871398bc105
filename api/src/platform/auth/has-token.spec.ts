import { expect, test } from '@jest/globals';
import { isOnThisMachine } from '../http/on-this-machine.js';
import { hasToken } from './has-token.js';

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
])('a peer at %s with %j is on this machine: %s', (peer, headers, here) => {
  expect(isOnThisMachine({ peer, headers })).toBe(here);
  expect(hasToken({ headers }, TOKEN)).toBe(false);
});

test.each([
  [`Bearer ${TOKEN}`, true],
  [`Bearer ${TOKEN.slice(1)}`, false],
  [TOKEN, false],
  ['Bearer undefined', false],
])('%j brings the token: %s', (authorization, brings) => {
  const caller = { headers: { host: 'throughway.example', authorization } };
  expect(hasToken(caller, TOKEN)).toBe(brings);
  expect(hasToken(caller, undefined)).toBe(false);
});
