import { hex, type Bytes } from './bytes';
import { isArray, isBytes, isMap, type Cbor } from './cbor';
import type { Statement } from './statement';

/** Where a manifest of media puts the parts of a stream. */
export interface StreamPart {
  /** Issuer, stream and init: indices of different streams say nothing about each other, and no init plays another's fragments. */
  readonly stream: string;
  /** The init segment, or the index of a fragment. */
  readonly place: 'init' | bigint;
}

/** Which statements vouch for which bytes (pack.md, section 2). All hashes are in hex. */
export class Vouching {
  private readonly statements = new Map<string, Set<string>>();
  private readonly streamParts = new Map<string, StreamPart[]>();

  constructor(statements: readonly Statement[]) {
    for (const statement of statements) this.add(statement);
  }

  /** The hashes of all data that a statement vouches for. */
  get vouchedFor(): Iterable<string> {
    return this.statements.keys();
  }

  /** The statements that vouch for one of these hashes, in bytewise order. */
  for(hashes: readonly string[]): string[] {
    return [...new Set(hashes.flatMap((hash) => [...(this.statements.get(hash) ?? [])]))].sort();
  }

  /** Whether a statement vouches for these bytes. */
  has(hash: string): boolean {
    return this.statements.has(hash);
  }

  partsOf(hash: string): readonly StreamPart[] {
    return this.streamParts.get(hash) ?? [];
  }

  private add(statement: Statement): void {
    const { body, kind } = statement;
    if (statement.data) this.vouch(statement.data.hash, statement);
    if (kind === 'order.issued') {
      const ruling = body.get('ruling');
      this.vouchBytes(isMap(ruling) ? ruling.get('hash') : undefined, statement);
    } else if (kind === 'order.installed') {
      this.vouchBytes(body.get('photo'), statement);
    } else if (kind === 'media.manifest') {
      this.addStream(statement);
    }
  }

  private addStream(statement: Statement): void {
    const { body } = statement;
    const [init, first, fragments] = [body.get('init'), body.get('first') ?? 0n, body.get('fragments')];
    const stream = `${statement.issuer} ${String(body.get('stream'))} ${isBytes(init, 32) ? hex(init) : ''}`;
    if (isBytes(init, 32)) this.place(init, { stream, place: 'init' }, statement);
    if (!isArray(fragments) || typeof first !== 'bigint' || !fragments.every((one): one is Bytes => isBytes(one, 32))) return;
    fragments.forEach((fragment, i) => this.place(fragment, { stream, place: first + BigInt(i) }, statement));
  }

  private place(bytes: Bytes, part: StreamPart, statement: Statement): void {
    const hash = hex(bytes);
    const parts = this.streamParts.get(hash);
    if (parts) parts.push(part);
    else this.streamParts.set(hash, [part]);
    this.vouch(hash, statement);
  }

  private vouchBytes(value: Cbor | undefined, statement: Statement): void {
    if (isBytes(value, 32)) this.vouch(hex(value), statement);
  }

  private vouch(hash: string, statement: Statement): void {
    const by = this.statements.get(hash);
    if (by) by.add(statement.hash);
    else this.statements.set(hash, new Set([statement.hash]));
  }
}

/** How a clip's parts lie in a stream. */
export type ClipOrder = 'whole' | 'gap' | 'broken';

/** One init and fragments of its stream in ascending order, each once (step 17), in whichever stream that holds. */
export function clipOrder(vouching: Vouching, parts: readonly string[]): ClipOrder {
  const [init, ...fragments] = parts;
  const streams = vouching.partsOf(init ?? '').filter((part) => part.place === 'init').map((part) => part.stream);
  const orders = [...new Set(streams)].map((stream) => orderIn(vouching, stream, fragments));
  return orders.find((one) => one === 'whole') ?? orders.find((one) => one === 'gap') ?? 'broken';
}

function orderIn(vouching: Vouching, stream: string, fragments: readonly string[]): ClipOrder {
  let before: bigint | null = null;
  let gap = false;
  for (const fragment of fragments) {
    // Two fragments may be alike, so one hash can have several places: the earliest that is left leaves most room.
    let next: bigint | null = null;
    for (const { stream: of, place } of vouching.partsOf(fragment)) {
      if (of === stream && place !== 'init' && (before === null || place > before) && (next === null || place < next)) next = place;
    }
    if (next === null) return 'broken';
    gap ||= before !== null && next > before + 1n;
    before = next;
  }
  return gap ? 'gap' : 'whole';
}
