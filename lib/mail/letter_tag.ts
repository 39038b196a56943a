/**
 * A short name of a letter for providers whose tags take only ASCII letters and digits.
 *
 * @module
 */

/** The tag of a `Message-ID` of ours: its local part, which is a keyed hash and tells nothing. */
export const letterTag = (messageId: string): string => messageId.replace(/^<|@.*$/g, "");
