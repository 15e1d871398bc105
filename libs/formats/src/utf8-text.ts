/** The WHATWG decoder that every platform of the product has; declared here because libs load no platform types. */
declare const TextDecoder: new (
  label: 'utf-8',
  options: { fatal: boolean; ignoreBOM: true },
) => {
  decode(bytes: Uint8Array): string;
};

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LENIENT = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });
const PIECE = 65_536;

/**
 * Decodes UTF-8 bytes, given in pieces of any size, into text without its byte order mark. The first byte that is not UTF-8 is
 * reported once, after the text before it has been handed on; from there bad bytes read as U+FFFD, so that other errors are still found.
 */
export class Utf8Text {
  private tail = new Uint8Array(0);
  private atStart = true;
  private strict = true;

  constructor(
    private readonly onText: (text: string) => void,
    private readonly onBadByte: (byte: number) => void,
  ) {}

  push(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += PIECE) this.pushPiece(bytes.subarray(from, from + PIECE));
  }

  end(): void {
    const rest = this.tail;
    this.tail = new Uint8Array(0);
    if (rest.length > 0) this.decode(rest);
  }

  private pushPiece(piece: Uint8Array): void {
    const bytes = this.tail.length === 0 ? piece : concatenate(this.tail, piece);
    const whole = bytes.length - openSequenceLength(bytes);
    this.tail = bytes.slice(whole);
    if (whole > 0) this.decode(bytes.subarray(0, whole));
  }

  private decode(bytes: Uint8Array): void {
    const text = this.strict ? decodeStrictly(bytes) : LENIENT.decode(bytes);
    if (text !== null) return this.emit(text);
    this.strict = false;
    const bad = firstBadByte(bytes);
    this.emit(STRICT.decode(bytes.subarray(0, bad)));
    this.onBadByte(bytes[bad] ?? 0);
    this.emit(LENIENT.decode(bytes.subarray(bad)));
  }

  private emit(text: string): void {
    if (text === '') return;
    const unmarked = this.atStart && text.startsWith('\uFEFF') ? text.slice(1) : text;
    this.atStart = false;
    if (unmarked !== '') this.onText(unmarked);
  }
}

/** Number of bytes (0–3) at the end that begin a sequence which later bytes may complete. */
function openSequenceLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

/** Bytes in the sequence that a lead byte announces. */
function sequenceLength(lead: number): number {
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
}

/** Null when some byte is not UTF-8. */
function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return STRICT.decode(bytes);
  } catch {
    return null;
  }
}

/** Index of the first byte at which no valid sequence starts; the length when there is none. */
function firstBadByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] as number;
    const length = sequenceLength(lead);
    if (lead >= 0x80 && decodeStrictly(bytes.subarray(at, at + length)) === null) return at;
    at += length;
  }
  return at;
}

function concatenate(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
