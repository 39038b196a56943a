/**
 * What the renderer and the worker in its process say to each other.
 *
 * @module
 */
import type { PageImage, PageSize, PortFault } from "../ports.ts";

/** The first message: what the worker allows. */
export type WorkerStart = {
  /** The most memory PDFium may take, in bytes. */
  readonly maxMemoryBytes: number;
  /** The most pixels of one image. */
  readonly maxPixels: number;
  /** The most pages of a document. */
  readonly maxPages: number;
};

/** A question about one document. Pages count from 1. */
export type Question =
  | { readonly ask: "pages" }
  | { readonly ask: "png" | "image"; readonly page: number; readonly width: number }
  | { readonly ask: "text"; readonly page: number };

/** The answer's value for each question. */
export type AnswerTo<Q extends Question> = Q extends { ask: "pages" } ? readonly PageSize[]
  : Q extends { ask: "png" } ? Uint8Array<ArrayBuffer>
  : Q extends { ask: "image" } ? PageImage
  : string;

/** One job: open what is new, close what is no longer wanted, answer one question. */
export type WorkerJob = {
  /** Names of documents to close first. */
  readonly close: readonly string[];
  /** The document asked about. */
  readonly document: string;
  /** Its content when the worker doesn't hold it yet. */
  readonly content?: Uint8Array<ArrayBuffer>;
  /** What to find out. */
  readonly question: Question;
};

/** What comes back: first `ready`, then one answer for each job. */
export type WorkerAnswer =
  | { readonly did: "ready" }
  | { readonly did: "answer"; readonly value: unknown; readonly memoryBytes: number }
  | {
    readonly did: "fault";
    readonly code: PortFault;
    readonly message: string;
    /** Whether PDFium itself broke, so that nothing more can be asked of this worker. */
    readonly broken: boolean;
    readonly memoryBytes: number;
  };
