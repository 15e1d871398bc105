import type { IncomingHttpHeaders } from 'node:http';

/** What is known of who asks. */
export interface Caller {
  /** The peer's address as the socket has it; headers that claim another are never believed. */
  peer: string | undefined;
  headers: IncomingHttpHeaders;
}

const LOOPBACK_PEER = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/;
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;
const FORWARDING = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/**
 * Whether a request comes from this machine itself: from a loopback peer that asked for a loopback host, was not forwarded by a proxy,
 * and is not a page of another site that makes a visitor's browser write (cross-site request, DNS rebinding).
 */
export function isOnThisMachine({ peer, headers }: Caller): boolean {
  if (!LOOPBACK_PEER.test(peer ?? '') || !LOOPBACK_HOST.test(headers.host ?? '')) return false;
  if (FORWARDING.some((name) => headers[name] !== undefined)) return false;
  return headers.origin === undefined || headers.origin.toLowerCase() === `http://${headers.host?.toLowerCase()}`;
}
