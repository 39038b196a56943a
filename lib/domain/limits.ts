/**
 * Bounds that keep a case small enough to be read and written as one record (≤ 16 KiB).
 *
 * @module
 */

/** Characters of a reason, a question or a field. */
export const MAX_TEXT = 1_000;

/** Documents of one case. */
export const MAX_DOCUMENTS = 20;

/** Confirmers and approvers of one case together. */
export const MAX_PARTIES = 12;

/** Addresses that only get the completion mail. */
export const MAX_COPIES = 20;

/** Years a contract may run while timestamps are not renewed (R14). */
export const MAX_TERM_YEARS = 10;
