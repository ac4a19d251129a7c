import type { Language } from '../api/types';
import { chain } from './words.chain';
import { common } from './words.common';
import { domain } from './words.domain';
import { incident } from './words.incident';
import { log } from './words.log';
import { seal } from './words.seal';

export const dictionary = { ...common, ...domain, ...incident, ...seal, ...log, ...chain } as const;

export type WordKey = keyof typeof dictionary;
export type WordValues = Record<string, string | number>;

export const hasWord = (key: string): key is WordKey => Object.hasOwn(dictionary, key);

/** The words for a key in one language, with {name} places filled. */
export function say(language: Language, key: WordKey, values?: WordValues): string {
  const text: string = dictionary[key][language === 'zh' ? 0 : 1];
  return values ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : text;
}

/** The words for a name that comes over the wire; a name that is new to the console is shown as it came. */
export function sayName(language: Language, family: string, name: string): string {
  const key = `${family}.${name}`;
  return hasWord(key) ? say(language, key) : name;
}
