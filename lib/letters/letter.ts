/**
 * What a letter is made of, before it becomes plain text and HTML. Texts may hold anything that people wrote;
 * the renderers make them harmless.
 *
 * @module
 */

/** One row of a read-back: what a field is called, what was read, and what to look at when something is wrong. */
export type FieldRow = { readonly label: string; readonly value: string; readonly mark?: string };

/** A file as letters show it. */
export type FileRow = {
  readonly name: string;
  readonly pages: number;
  readonly size: number;
  /** Hexadecimal SHA-256. */
  readonly sha256: string;
};

/** A piece of a letter. */
export type Block =
  /** Running text; line breaks in it are kept. */
  | { readonly is: "paragraph"; readonly text: string }
  | { readonly is: "heading"; readonly text: string }
  | { readonly is: "fields"; readonly rows: readonly FieldRow[] }
  /** Points of a list. */
  | { readonly is: "points"; readonly points: readonly string[] }
  /** What a person wrote, set apart from our own words. */
  | { readonly is: "quote"; readonly text: string }
  | { readonly is: "files"; readonly files: readonly FileRow[] }
  /** A link; `main` is the one thing that the letter wants done. */
  | { readonly is: "link"; readonly words: string; readonly url: string; readonly main?: true };

/** 署名: who writes, and how to reach the department. */
export type Signature = {
  readonly publicBody: string;
  /** Empty when the letter comes from no department. */
  readonly department: string;
  readonly phone: string | null;
  readonly email: string | null;
  /** Name of the service. */
  readonly service: string;
  /** Address of the help page. */
  readonly helpUrl: string;
};

/** A letter as written: its subject (cleaned by the renderer), its pieces, who signs. */
export type Letter = {
  readonly subject: string;
  /** 案件番号, shown at the foot; null when the letter belongs to no case. */
  readonly caseNumber: string | null;
  readonly blocks: readonly Block[];
  readonly signature: Signature;
};

/** What every letter needs to know about who writes. */
export type LetterHead = {
  readonly caseNumber: string | null;
  /** Address of the bot, from which requests come. */
  readonly botAddress: string;
  readonly signature: Signature;
};

/** A letter ready for mail: one line of subject, and both parts. */
export type RenderedLetter = { readonly subject: string; readonly text: string; readonly html: string };
