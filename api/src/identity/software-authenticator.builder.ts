import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A passkey that lives in this process, for specs: ES256, discoverable, attestation "none", user always verified. */
export class SoftwareAuthenticator {
  readonly credentialId = randomBytes(32);
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;
  private userHandle: string | undefined;

  /** `signatureCount` is what it says next; 0 and not counting is what passkeys do that devices share. */
  constructor(
    private readonly origin: string,
    public signatureCount = 1,
    private readonly counts = true,
  ) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** What `navigator.credentials.create` would answer; `lie` replaces what an honest browser and device say. */
  create(options: Options, lie: Lie = {}): Record<string, unknown> {
    const user = options['user'] as { id: string };
    this.userHandle = user.id;
    const rpId = lie.rpId ?? (options['rp'] as { id: string }).id;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    const authData = Buffer.concat([
      this.authenticatorData(rpId, 0x40 | (lie.verified === false ? 0x01 : 0x05)),
      Buffer.alloc(16),
      length,
      this.credentialId,
      this.coseKey(),
    ]);
    const attestationObject = cborMap([
      [cborText('fmt'), cborText('none')],
      [cborText('attStmt'), cborMap([])],
      [cborText('authData'), cborBytes(authData)],
    ]);
    return this.answer({
      clientDataJSON: this.clientData('webauthn.create', options, lie).toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['internal'],
    });
  }

  /** What `navigator.credentials.get` would answer. */
  get(options: Options, lie: Lie = {}): Record<string, unknown> {
    const clientData = this.clientData('webauthn.get', options, lie);
    const authData = this.authenticatorData(
      lie.rpId ?? (options['rpId'] as string),
      lie.verified === false ? 0x01 : 0x05,
    );
    const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()]);
    return this.answer({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, this.privateKey).toString('base64url'),
      userHandle: lie.userHandle === undefined ? this.userHandle : lie.userHandle,
    });
  }

  private answer(response: Record<string, unknown>): Record<string, unknown> {
    const id = this.credentialId.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  private clientData(type: string, options: Options, lie: Lie): Buffer {
    const { origin = this.origin, crossOrigin = false } = lie;
    return Buffer.from(JSON.stringify({ type, challenge: options['challenge'], origin, crossOrigin }));
  }

  private authenticatorData(rpId: string, flags: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.signatureCount);
    if (this.counts) this.signatureCount += 1;
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count]);
  }

  /** COSE_Key (RFC 9053, 7.1.1): kty EC2, alg ES256, crv P-256, x, y. */
  private coseKey(): Buffer {
    const { x, y } = this.publicKey.export({ format: 'jwk' });
    return cborMap([
      [cborInteger(1), cborInteger(2)],
      [cborInteger(3), cborInteger(-7)],
      [cborInteger(-1), cborInteger(1)],
      [cborInteger(-2), cborBytes(Buffer.from(x ?? '', 'base64url'))],
      [cborInteger(-3), cborBytes(Buffer.from(y ?? '', 'base64url'))],
    ]);
  }
}

type Options = Record<string, unknown>;

interface Lie {
  origin?: string;
  rpId?: string;
  verified?: boolean;
  crossOrigin?: boolean;
  userHandle?: string | null;
}

/** CBOR (RFC 8949), as much as passkeys need: lengths below 65,536. */
function cborHead(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
}
function cborInteger(value: number): Buffer {
  return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
}
function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([cborHead(2, bytes.length), bytes]);
}
function cborText(text: string): Buffer {
  return Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)]);
}
function cborMap(entries: readonly (readonly [Buffer, Buffer])[]): Buffer {
  return Buffer.concat([cborHead(5, entries.length), ...entries.flat()]);
}
