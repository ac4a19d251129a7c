import { concat, equal, utf8, type Bytes } from './bytes';
import { parseName, type PackName } from './names';

/** A stored file and where its bytes are. */
export interface ZipFile {
  readonly name: PackName;
  readonly size: number;
  readonly crc: number;
  readonly offset: number;
}

/** Whatever bytes can be read from by place: a File of the page, a Blob of a test. */
export class PackSource {
  private window: Bytes = new Uint8Array(0);
  private windowAt = 0;

  constructor(private readonly blob: Blob) {}

  get length(): number {
    return this.blob.size;
  }

  /** Small neighbours come out of one read: thousands of reads of a disk file are slow in a browser. */
  async read(offset: number, length: number): Promise<Bytes> {
    if (length > windowLength) return this.slice(offset, length);
    if (offset < this.windowAt || offset + length > this.windowAt + this.window.length) {
      this.window = await this.slice(offset, windowLength);
      this.windowAt = offset;
    }
    return this.window.subarray(offset - this.windowAt, offset - this.windowAt + length);
  }

  /** The bytes as a part of the file, not read. */
  part(offset: number, length: number, type: string): Blob {
    return this.blob.slice(offset, offset + length, type);
  }

  private async slice(offset: number, length: number): Promise<Bytes> {
    return new Uint8Array(await this.blob.slice(offset, offset + length).arrayBuffer());
  }
}

const windowLength = 1 << 20;
const endLength = 22;
const [localLength, centralLength] = [30, 46];
/** The longest name of a pack is that of an entry of statements/. */
const nameLengthMax = 80;

/**
 * The files of a zip in the one form of pack.md, section 1, or null. Each header is made from what was read and compared
 * with what stands there, so there is no field in which anything could differ or hide.
 */
export async function readZip(source: PackSource): Promise<ZipFile[] | null> {
  if (source.length < endLength) return null;
  const endAt = source.length - endLength;
  const end = new DataView((await source.read(endAt, endLength)).slice().buffer);
  const [count, directoryLength, directoryAt] = [end.getUint16(10, true), end.getUint32(12, true), end.getUint32(16, true)];
  if (directoryAt + directoryLength !== endAt || directoryLength > count * (centralLength + nameLengthMax)) return null;
  const wanted = endRecord(count, directoryLength, directoryAt);
  if (!equal(wanted, new Uint8Array(end.buffer))) return null;
  const files = parseDirectory((await source.read(directoryAt, directoryLength)).slice(), count);
  if (!files) return null;
  let at = 0;
  for (const file of files) {
    const header = localHeader(file);
    if (file.offset !== at + header.length || !equal(header, await source.read(at, header.length))) return null;
    at = file.offset + file.size;
  }
  return at === directoryAt ? files : null;
}

function parseDirectory(directory: Bytes, count: number): ZipFile[] | null {
  const view = new DataView(directory.buffer);
  const files: ZipFile[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + centralLength > directory.length) return null;
    const [crc, size, nameLength, headerAt] = [view.getUint32(at + 16, true), view.getUint32(at + 24, true), view.getUint16(at + 28, true), view.getUint32(at + 42, true)];
    const encoded = directory.subarray(at + centralLength, at + centralLength + nameLength);
    const name = parseName(Array.from(encoded, (b) => String.fromCharCode(b)).join(''));
    // The names are ASCII, so the order of the texts is that of the bytes.
    if (!name || (files.length > 0 && files.at(-1)!.name.text >= name.text)) return null;
    const file = { name, size, crc, offset: headerAt + localLength + nameLength };
    const header = centralHeader(file, headerAt);
    if (!equal(header, directory.subarray(at, at + header.length))) return null;
    files.push(file);
    at += header.length;
  }
  return at === directory.length ? files : null;
}

/** Version 1.0, no flags, stored, 00:00 on 1980-01-01. */
const common: readonly [width: 2 | 4, value: number][] = [[2, 10], [2, 0], [2, 0], [2, 0], [2, 0x21]];

const localHeader = ({ name, size, crc }: ZipFile): Bytes => concat(
  fields([4, 0x04034b50], ...common, [4, crc], [4, size], [4, size], [2, name.text.length], [2, 0]), utf8(name.text));

const centralHeader = ({ name, size, crc }: ZipFile, headerAt: number): Bytes => concat(
  fields(
    [4, 0x02014b50], [2, 10], ...common, [4, crc], [4, size], [4, size], [2, name.text.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, headerAt]),
  utf8(name.text));

const endRecord = (count: number, directoryLength: number, directoryAt: number): Bytes =>
  fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, directoryLength], [4, directoryAt], [2, 0]);

function fields(...values: readonly (readonly [width: 2 | 4, value: number])[]): Bytes {
  const bytes = new Uint8Array(values.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of values) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}
