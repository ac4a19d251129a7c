const largest = 20 * 1024 * 1024;

/** Whether a file may be a ruling: a PDF of at most 20 MB. The station looks at the bytes. */
export const isRuling = (file: Pick<File, 'type' | 'size' | 'name'>): boolean =>
  (file.type === 'application/pdf' || file.name.toLowerCase().endsWith('.pdf')) && file.size > 0 && file.size <= largest;
