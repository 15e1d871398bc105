import type { Request } from 'express';
import type { PublicUrl } from '../platform/http/public-url.js';
import type { RelyingParty } from './verify-passkey.js';

export function relyingParty(publicUrl: PublicUrl, request: Request): RelyingParty {
  const origin = publicUrl.origin(request);
  return { origin, id: new URL(origin).hostname };
}

/** What a passkey keeps to say whose it is: the person's id as 16 bytes, which means nothing elsewhere. */
export function toUserHandle(personId: string): Buffer<ArrayBuffer> {
  return Buffer.from(personId.replaceAll('-', ''), 'hex');
}
