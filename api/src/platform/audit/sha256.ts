import { hash } from 'node:crypto';

/** The digest that the ledger is given. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex');
