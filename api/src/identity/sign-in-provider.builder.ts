import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

/** Who is signed in at the service. */
export interface Account {
  subject: string;
  district?: string;
  email?: string;
}

export interface SentBack {
  code: string;
  state: string;
  iss: string;
}

/**
 * A sign-in service of specs: the real `oidc-provider` on loopback; whoever visits agrees to everything. With
 * `inUserInfo` it names the district only where it is asked separately.
 */
export class SignInService {
  private account: Account = { subject: 'nobody' };
  /** Requests so far, by path. */
  readonly asked: string[] = [];
  readonly clientSecret = randomUUID();
  /** Keys that it shows the world in the place of those that it signs with. */
  publishes: { keys: object[] } | undefined;
  /** By subject, as each was last signed in. */
  private readonly accounts = new Map<string, Account>();
  private server: Server | undefined;
  issuer = '';

  async start(redirectUri: string, { inUserInfo = false } = {}): Promise<void> {
    this.server = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => this.server?.once('listening', listening));
    this.issuer = `http://localhost:${(this.server.address() as AddressInfo).port}`;
    const provider = quietly(() => new Provider(this.issuer, this.configuration(redirectUri, inUserInfo)));
    const answer = provider.callback();
    this.server.on('request', (request, response) => {
      const path = request.url?.split('?')[0] ?? '';
      this.asked.push(path);
      if (path === '/jwks' && this.publishes) {
        response.setHeader('content-type', 'application/json').end(JSON.stringify(this.publishes));
        return;
      }
      if (!path.startsWith('/interaction/')) {
        void answer(request, response);
        return;
      }
      const { subject } = this.account;
      this.accounts.set(subject, this.account);
      void provider.interactionFinished(request, response, { login: { accountId: subject, remember: false } });
    });
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((closed) => this.server?.close(closed));
  }

  /** Does what a browser does: signs in as `account` and answers what the service sends back to the portal. */
  async visit(url: string, account: Account): Promise<SentBack> {
    this.account = account;
    const cookies = new Map<string, string>();
    let next = url;
    while (next.startsWith(this.issuer)) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(next, { redirect: 'manual', headers: { cookie } });
      for (const line of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
        cookies.set(name, value);
      }
      const location = answer.headers.get('location');
      if (!location) throw new Error(`the service sent nobody anywhere: ${answer.status} ${await answer.text()}`);
      next = new URL(location, next).href;
    }
    const sent = new URL(next).searchParams;
    if (sent.has('error')) throw new Error(`${sent.get('error')}: ${sent.get('error_description')}`);
    return { code: sent.get('code') ?? '', state: sent.get('state') ?? '', iss: sent.get('iss') ?? '' };
  }

  private configuration(redirectUri: string, inUserInfo: boolean): Configuration {
    return {
      clients: [
        {
          client_id: 'throughway',
          client_secret: this.clientSecret,
          redirect_uris: [redirectUri],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      jwks: { keys: [aKey()] },
      ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
      cookies: { keys: [randomUUID()] },
      claims: { openid: ['sub', 'district', 'email'] },
      conformIdTokenClaims: inUserInfo,
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_, accountId) => {
        const { subject, ...said } = this.accounts.get(accountId) ?? { subject: accountId };
        return { accountId, claims: () => ({ sub: subject, ...said }) };
      },
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({
          clientId: oidc.client?.clientId ?? '',
          accountId: oidc.session?.accountId ?? '',
        });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
    };
  }
}

/** A private key of RS256 as JWK. */
export function aKey(): Record<string, unknown> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'sample' };
}

/** Keeps to itself what the library warns of and specs want: everything in memory. */
function quietly<T>(work: () => T): T {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return work();
  } finally {
    console.warn = warn;
  }
}
