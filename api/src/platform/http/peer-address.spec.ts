import { describe, expect, test } from '@jest/globals';
import express, { type Request } from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { peerAddress } from './peer-address.js';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('a peer at %s counts as %s', (ip, counted) => {
  expect(peerAddress({ ip } as Request)).toBe(counted);
});

describe('What a forwarding header says', () => {
  /** Who somebody is at whose end the header was put, to a server that trusts these proxies. */
  async function counted(trusted: string[], forwardedFor: string): Promise<string> {
    const app = express();
    app.set('trust proxy', trusted);
    app.get('/', (request, response) => void response.send(peerAddress(request)));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { 'x-forwarded-for': forwardedFor } });
    const text = await answer.text();
    server.close();
    return text;
  }

  test('is believed of a trusted proxy, as far as that proxy wrote it itself', async () => {
    expect(await counted(['127.0.0.1'], '203.0.113.7')).toBe('203.0.113.7');
    expect(await counted(['127.0.0.0/8'], '198.51.100.1, 203.0.113.7')).toBe('203.0.113.7');
    expect(await counted(['127.0.0.1', '203.0.113.7'], '198.51.100.1, 203.0.113.7')).toBe('198.51.100.1');
  });

  test('is not believed of anybody else, nor of anybody where no proxy is trusted', async () => {
    expect(await counted([], '203.0.113.7')).toBe('127.0.0.1');
    expect(await counted(['192.0.2.1'], '203.0.113.7')).toBe('127.0.0.1');
  });
});
