import { Injectable } from '@nestjs/common';
import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
} from 'openid-client';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.provider.js';
import type { SignInProvider } from '../platform/config/sign-in-providers.js';
import { notFound } from '../platform/errors/refusal.js';

/** How long what a service says of itself, and its keys, are believed without asking again. */
const BELIEVED_MS = 10 * 60_000;
/** For each request to a service. */
const TIMEOUT_SECONDS = 5;

/** The sign-in services of the configuration, and what each says of itself (OpenID Connect Discovery). */
@Injectable()
export class ProviderDirectory {
  private readonly found = new Map<string, { configuration: Promise<Configuration>; until: number }>();

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  list(): { providerId: string; name: string }[] {
    return this.config.SIGN_IN_PROVIDERS.map(({ providerId, name }) => ({ providerId, name }));
  }

  /** @throws not-found */
  get(providerId: string): SignInProvider {
    const provider = this.config.SIGN_IN_PROVIDERS.find((one) => one.providerId === providerId);
    if (!provider) throw notFound('sign-in service');
    return provider;
  }

  /** Asks a service at most once at a time; a failure is not kept. @throws what openid-client throws */
  discover(provider: SignInProvider): Promise<Configuration> {
    const now = this.clock.now().getTime();
    const known = this.found.get(provider.providerId);
    if (known && now < known.until) return known.configuration;
    const configuration = discovery(new URL(provider.issuer), provider.clientId, undefined, clientAuth(provider), {
      timeout: TIMEOUT_SECONDS,
      execute: [enableNonRepudiationChecks, ...(provider.issuer.startsWith('http:') ? [allowInsecureRequests] : [])],
    });
    this.found.set(provider.providerId, { configuration, until: now + BELIEVED_MS });
    configuration.catch(() => this.found.delete(provider.providerId));
    return configuration;
  }
}

/** In the body where the service takes it so; else in the header, which every service has to take that says nothing. */
function clientAuth({ clientSecret }: SignInProvider): ClientAuth {
  const post = ClientSecretPost(clientSecret);
  const basic = ClientSecretBasic(clientSecret);
  return (server, ...rest) =>
    (server.token_endpoint_auth_methods_supported?.includes('client_secret_post') ? post : basic)(server, ...rest);
}
