import { expect, test } from '@jest/globals';
import type { Request } from 'express';
import { peerAddress } from './peer-address.js';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('a peer at %s counts as %s', (remoteAddress, counted) => {
  expect(peerAddress({ socket: { remoteAddress } } as Request)).toBe(counted);
});
