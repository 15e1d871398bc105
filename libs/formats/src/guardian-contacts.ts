import type { Column } from './columns.js';
import { isMailAddress, isPlainText } from './person-columns.js';

/** Who decides with or for a student until 18, as the school lists them. */
export interface GuardianContact {
  name: string;
  email: string;
}

export const GUARDIAN_LIMIT = 10;
const NAME_LIMIT = 200;
const ENTRY = /^([^<>]*)<([^<>]*)>$/;

/** `Name <mail>` entries separated by `;`, each address once whatever its case; a blank cell is none. */
export function guardianContacts(name: string): Column<GuardianContact[]> {
  return {
    name,
    expected: `at most ${GUARDIAN_LIMIT} entries "Name <mail address>" separated by ";", each address once`,
    read: (cell) => {
      const contacts = readContacts(cell);
      return typeof contacts === 'string' ? undefined : contacts;
    },
    fault: (cell) => {
      const contacts = readContacts(cell);
      return typeof contacts === 'string' ? contacts : 'contacts';
    },
    write: (contacts) => contacts.map((contact) => `${contact.name} <${contact.email}>`).join('; '),
    blank: { value: [] },
  };
}

/** The contacts, or what is wrong with the first entry that is none, without repeating it. */
function readContacts(cell: string): GuardianContact[] | string {
  const entries = cell.split(';').filter((entry) => entry.trim() !== '');
  if (entries.length > GUARDIAN_LIMIT) return `${entries.length} entries`;
  const contacts: GuardianContact[] = [];
  for (const [at, entry] of entries.entries()) {
    const place = `entry ${at + 1} of ${entries.length}`;
    const [, name = '', email = ''] = (ENTRY.exec(entry.trim()) ?? []).map((part) => part.trim());
    if (email === '') return `${place} without an address in <>`;
    if (!isMailAddress(email)) return `${place} with a broken address`;
    if (!isPlainText(name, NAME_LIMIT)) return `${place} without a name of at most ${NAME_LIMIT} plain characters`;
    if (contacts.some((other) => other.email.toLowerCase() === email.toLowerCase()))
      return `${place} with the address of an earlier one`;
    contacts.push({ name, email });
  }
  return contacts;
}
