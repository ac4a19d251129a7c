import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../src/cbor';
import { importKey, type Key } from '../src/cose';
import type { Bytes } from '../src/bytes';

const root = join(import.meta.dirname, '../../../vectors');

/** A golden vector: vectors/README.md. */
export interface Vector {
  readonly name: string;
  readonly description: string;
  readonly verdict: number;
  readonly verdictName: string;
  readonly hex?: string;
  readonly file?: string;
  readonly key?: string;
  readonly origin?: string;
  readonly entry?: string;
  readonly roster?: string;
  readonly epoch?: string;
  readonly vouchers?: readonly string[];
  readonly known?: readonly string[];
  readonly offset?: number;
  readonly reader?: string;
}

export const fromHex = (hex: string): Bytes => Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));

export function vectorsOf(folder: string): Vector[] {
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.json')).sort();
  return files.map((file) => ({ ...JSON.parse(readFileSync(join(root, folder, file), 'utf8')) as Vector, name: file.slice(0, -5) }));
}

export const vector = (folder: string, name: string): Vector => vectorsOf(folder).find((one) => one.name === name)!;

export const bytesOf = (folder: string, { hex, file }: Vector): Bytes =>
  hex === undefined ? new Uint8Array(readFileSync(join(root, folder, file!))) : fromHex(hex);

export async function keyOf({ key }: Vector): Promise<Key> {
  const imported = await importKey(decode(fromHex(key!)));
  if (!imported) throw new Error('the key of a vector is none');
  return imported;
}
