import { dictionary } from '@zxcvbn-ts/language-common';

let common: ReadonlySet<string> | null = null;

/** Whether a text, in lower case, is among the passwords seen most often in breaches (the list of zxcvbn-ts, about 49,000). */
export function isCommonPassword(text: string): boolean {
  common ??= new Set(dictionary['passwords-common']);
  return common.has(text);
}
