import { hex } from './bytes';
import { isArray, isBytes, isMap, type Cbor } from './cbor';

/** Controls, direction marks and other invisible characters: pack.md, section 3. */
// eslint-disable-next-line no-control-regex
const invisible = /[\u0000-\u001f\u007f-\u009f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g;

const escaped = (c: string): string => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0');

/** The text with nothing invisible in it. */
export const visible = (text: string): string => text.replace(invisible, escaped);

const quoted = (text: string): string =>
  '"' + text.replace(/["\\]/g, '\\$&').replace(invisible, (c) => (c === '\n' ? '\\n' : escaped(c))) + '"';

/** Diagnostic notation (RFC 8949, 8) in the form of pack.md, section 3. */
export function diagnostic(value: Cbor): string {
  if (typeof value === 'string') return quoted(value);
  if (isBytes(value)) return `h'${hex(value)}'`;
  if (isArray(value)) return `[${value.map(diagnostic).join(', ')}]`;
  if (isMap(value)) return `{${value.entries.map(([key, one]) => `${diagnostic(key)}: ${diagnostic(one)}`).join(', ')}}`;
  return String(value);
}
