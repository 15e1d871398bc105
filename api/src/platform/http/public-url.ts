import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Config } from '../config/config.provider.js';

/** Where people reach the portal. */
@Injectable()
export class PublicUrl {
  constructor(private readonly config: Config) {}

  /**
   * The portal's origin, such as `https://pathways.example.org`. Without PUBLIC_URL it is this machine at the port that the request
   * came in on, or without a request the configured one; a header that the sender wrote is never believed.
   */
  origin(request: Request | null): string {
    return this.config.PUBLIC_URL
      ? new URL(this.config.PUBLIC_URL).origin
      : `http://localhost:${request?.socket.localPort ?? this.config.PORT}`;
  }

  /** The address of a page; a secret goes in `hash`, which browsers send to nobody. */
  page(request: Request | null, path: string, hash = ''): string {
    return `${this.origin(request)}${path}${hash ? `#${hash}` : ''}`;
  }
}
