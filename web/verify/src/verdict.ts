/** A refusal: the number that the format gives it, and what was wrong. */
export interface Refusal {
  readonly verdict: number;
  readonly detail: string;
}

/** What a check gives back: the thing, or the refusal. */
export type Judged<T> = { readonly value: T; readonly refusal: null } | { readonly value: null; readonly refusal: Refusal };

export const accept = <T>(value: T): Judged<T> => ({ value, refusal: null });
export const refuse = (verdict: number, detail: string): { value: null; refusal: Refusal } => ({ value: null, refusal: { verdict, detail } });
