import type { Language } from '../api/types';
import { say } from './dictionary';

export interface Placed { caseNumber: string; address: string }

/** A case without an address is one whose private record was erased; without a case there never was an order. */
export const placeOf = ({ caseNumber, address }: Placed, language: Language): string =>
  address || (caseNumber ? say(language, 'seal.erased') : '');
