import catalogue from '../../../docs/formats/kinds.json';

/** docs/formats/kinds.json, the words and issuers of kinds.md as data. */
interface Kind {
  readonly by: string;
  readonly zh: string;
  readonly en: string;
}

const kinds = new Map<string, Kind>(Object.entries(catalogue));

export const isKnown = (kind: string): boolean => kinds.has(kind);

/** What a kind is called for people; one that nobody knows is shown by its name. */
export const kindWords = (kind: string): { zh: string; en: string } => kinds.get(kind) ?? { zh: kind, en: kind };

/** Whether an issuer of this form may state the kind; an unknown kind binds nobody. */
export function mayState(issuer: string, kind: string): boolean {
  const by = kinds.get(kind)?.by;
  return by === undefined || issuer.startsWith(`${by}:`);
}
