/**
 * Bounds that keep a case small enough to be read and written as one record (usually ≤ 16 KiB, never above 64 KiB).
 *
 * @module
 */

/** Characters of a reason, a question or a field. */
export const MAX_TEXT = 1_000;

/** Documents of one case. */
export const MAX_DOCUMENTS = 20;

/**
 * Seals of one case: its documents times the steps of each, since every seal leaves two hashes in the head. The
 * most that is allowed, with a form and a draft at their own bounds, stays under the store's 64 KiB.
 */
export const MAX_SEALS = 140;

/** Characters of a consent form as canonical JSON. */
export const MAX_FORM = 4_000;

/** Characters of a draft as canonical JSON. */
export const MAX_DRAFT = 8_000;

/** Confirmers and approvers of one case together. */
export const MAX_PARTIES = 12;

/** Cases that may follow one executed case. */
export const MAX_FOLLOWERS = 20;

/** Addresses that only get the completion mail. */
export const MAX_COPIES = 20;

/** Years a contract may run while timestamps are not renewed (R14). */
export const MAX_TERM_YEARS = 10;
