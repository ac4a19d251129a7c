// RFC 9162, 2.1.3.2, on the browser's own SHA-256: the page checks what it was given, and does not trust its server.

export type Hasher = (data: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;

const sha256: Hasher = async (data) => new Uint8Array(await crypto.subtle.digest('SHA-256', data));

/** Browsers offer SHA-256 to pages over https (or on this machine) only. */
export const canHash = (): boolean => typeof crypto !== 'undefined' && crypto.subtle !== undefined;

export interface MerkleStep { hash: string; side: 'left' | 'right'; result: string }

/** The way from a leaf to the root, or null when the path does not fit index and size. */
export async function foldPath(
  entry: Uint8Array<ArrayBuffer>, index: number, treeSize: number, path: readonly string[], hash: Hasher = sha256,
): Promise<{ leaf: string; steps: MerkleStep[]; root: string } | null> {
  if (index < 0 || index >= treeSize) return null;
  let fn = index;
  let sn = treeSize - 1;
  let r = await hash(join(Uint8Array.of(0), entry));
  const leaf = toHex(r);
  const steps: MerkleStep[] = [];
  for (const p of path) {
    if (sn === 0) return null;
    const sibling = fromHex(p);
    const left = fn % 2 === 1 || fn === sn;
    r = await hash(left ? join(Uint8Array.of(1), sibling, r) : join(Uint8Array.of(1), r, sibling));
    // The last entry of an uneven tree climbs alone until it has a left neighbour.
    if (left) while (fn % 2 === 0 && fn !== 0) { fn = Math.floor(fn / 2); sn = Math.floor(sn / 2); }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
    steps.push({ hash: p, side: left ? 'left' : 'right', result: toHex(r) });
  }
  return sn === 0 ? { leaf, steps, root: toHex(r) } : null;
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
}

export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

function join(...parts: Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
