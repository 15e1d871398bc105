import type { Request } from 'express';

/**
 * Who is at the other end: of the connection, or, if that is one of TRUSTED_PROXIES, the nearest address in X-Forwarded-For that is none.
 * An IPv6 peer counts as its /64, which one subscriber has whole (RFC 6177); an IPv4 address in IPv6 form as itself.
 */
export function peerAddress(request: Request): string {
  const address = request.ip ?? 'none';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  return address.includes(':') ? `${subnet(address)}::/64` : address;
}

/** The first four groups of an IPv6 address, without leading zeros, as Node writes them. */
function subnet(address: string): string {
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? [];
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(Math.max(0, gap)).fill('0'), ...after].slice(0, 4).join(':');
}
