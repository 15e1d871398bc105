/**
 * The one text of a list of fields, of which the digest is taken (its UTF-8): each field as its length in UTF-16 code units, a colon
 * and the field itself, an absent one as `-`, nothing between them. Two lists have the same text only if they are the same list:
 * no field can reach into its neighbor, and no order of keys matters.
 */
export function encodeFields(fields: readonly (string | null)[]): string {
  let text = '';
  for (const field of fields) text += field === null ? '-' : `${field.length}:${field}`;
  return text;
}
