/** The names that a file of a pack can have (pack.md, section 1). */
export const documents = ['README.txt', 'checkpoint.txt', 'index.html', 'manifest.cbor', 'roster.cbor'] as const;
/** Those that a pack may have beside them. */
export const [governanceName, anchorName] = ['governance.cbor', 'anchor.cbor'] as const;
const documentNames: readonly string[] = [...documents, governanceName, anchorName];
export const manifestName = 'manifest.cbor';

export type FileKind = 'document' | 'statement' | 'receipt' | 'original';

export interface PackName {
  readonly text: string;
  readonly kind: FileKind;
  /** The hash in the name, in hex; empty for documents. */
  readonly hash: string;
  readonly extension: string;
}

const hashed = /^(statements|receipts|originals)\/([0-9a-f]{64})\.([a-z0-9]+)$/;
const kinds: Record<string, { kind: FileKind; extensions: readonly string[] }> = {
  statements: { kind: 'statement', extensions: ['cose'] },
  receipts: { kind: 'receipt', extensions: ['cbor'] },
  originals: { kind: 'original', extensions: ['jpg', 'mp4', 'pdf', 'bin'] },
};

/** The name, or null when no file of a pack is called so. */
export function parseName(text: string): PackName | null {
  if (documentNames.includes(text)) return { text, kind: 'document', hash: '', extension: text.slice(text.lastIndexOf('.') + 1) };
  const [, folder, hash, extension] = hashed.exec(text) ?? [];
  if (folder === undefined || hash === undefined || extension === undefined) return null;
  const { kind, extensions } = kinds[folder]!;
  return extensions.includes(extension) ? { text, kind, hash, extension } : null;
}

export const statementName = (hash: string): string => `statements/${hash}.cose`;
export const receiptName = (hash: string): string => `receipts/${hash}.cbor`;
