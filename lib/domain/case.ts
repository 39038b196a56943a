/**
 * What a case is at one moment: the fold of its history. Small (≤ 16 KiB stored); longer things are blobs.
 *
 * @module
 */
import type { ConsentForm } from "./consent_form.ts";
import { type Day, endOfJstDay, type Instant } from "./instant.ts";
import type { WriterCheck } from "./writer_check.ts";

/** 案件番号, `R8-000123`: fiscal year in 和暦, then at least six digits. */
export type CaseNumber = string;

/** A person of the public body or the vendor, by name and mail address. */
export type Person = { readonly name: string; readonly address: string };

/**
 * Who a party is within a case: the name of its signature field (`Confirmer2`, `Member1Confirmer1`,
 * `Approver1`), which is unique in the case and lasts in the PDF.
 */
export type PartyId = string;

/** How a party was identified when agreeing. */
export type Authentication = "mail" | "mailAndAccessCode";

/** One whose agreement is asked: a vendor's confirmer or an approver of the public body. */
export type Party = {
  readonly id: PartyId;
  readonly role: "confirmer" | "approver";
  readonly name: string;
  readonly address: string;
  /** How often a request was issued; a link of an earlier issue is void (R33). */
  readonly issue: number;
  /** When the relay took the newest request (R19); null while it is on its way. */
  readonly handedOverAt: Instant | null;
  /** When the newest link dies: dead *at* that instant. */
  readonly expiresAt: Instant | null;
  /** When the person was last reminded; absent for never. */
  readonly remindedAt?: Instant;
  /** When the person first pressed a button, not when a link was opened (R20). */
  readonly viewedAt: Instant | null;
  readonly agreedAt: Instant | null;
  readonly authentication: Authentication | null;
  /** Wrong access codes since the newest request. */
  readonly wrongCodes: number;
  /** Too many wrong codes: closed until the officer resends (R24). */
  readonly locked: boolean;
  /** The request could not be delivered. */
  readonly bounced: boolean;
  /** Had a request in an earlier round, and so hears what becomes of this one (R35). */
  readonly askedBefore?: true;
};

/** One update appended to a document: which step it is, its bytes, and the whole file's hash after it. */
export type Tail = {
  readonly step: SealStep;
  /** The blob that holds just the appended bytes. */
  readonly blob: string;
  /** Length of the appended bytes. */
  readonly size: number;
  /** SHA-256 of the whole file that ends with this tail. */
  readonly sha256: string;
};

/**
 * A seal's place in the chain: `Sender`, a party's id, `Conclusion`, `DSS`, `DocTimeStamp`, then `DocTimeStamp2`…
 * for each renewal.
 */
export type SealStep = string;

/** What waits in place of a seal's step while the 合意締結証明書 can't be made: its seals are all of one file. */
export const CERTIFICATE_STEP: SealStep = "Certificate";

/** A PDF as an officer handed it in: content-addressed, frozen. */
export type ContractFile = {
  readonly name: string;
  /** Blob of the bytes that get sealed; its name is their SHA-256. */
  readonly sha256: string;
  readonly size: number;
  readonly pages: number;
  /** SHA-256 of the file as received, when its damaged shell was rewritten before sealing. */
  readonly normalisedFrom: string | null;
  /** What the officer should look at (R12): each a code, and behind a colon what it is about. */
  readonly warnings: readonly string[];
};

/** A file with what was appended to it. */
export type GrownFile = {
  /** Blob of the file to begin with; its name is its SHA-256. */
  readonly sha256: string;
  readonly size: number;
  /** What was appended until it was whole, in order. */
  readonly tails?: readonly Tail[];
  /**
   * What was appended since, all renewals together as one tail, so that a case does not grow with the decades.
   * Absent until the first.
   */
  readonly renewal?: Tail;
};

/** A contract file with the seals it has got. */
export type SealedDocument = ContractFile & GrownFile & { readonly tails: readonly Tail[] };

/** A file that the case keeps for good: a document by its index, or the certificate. */
export type FileId = number | "certificate";

/** 契約期間. */
export type Term = { readonly from: Day; readonly to: Day };

/** What the officer proposes to send, before it is sent (R11). */
export type Draft = {
  readonly title: string;
  /** 契約日; null until the officer says it on the page, never once the contract is sent (R15). */
  readonly contractDate: Day | null;
  readonly term: Term | null;
  /** 契約金額 in yen. */
  readonly amount: number | null;
  /** 共有先: addresses that only get the completion mail. */
  readonly copyTo: readonly string[];
  /** Approvers named for this case; null: the department's own. */
  readonly approvers: readonly Person[] | null;
  /** Salted hash of the アクセスコード; null when none is asked. */
  readonly accessCode: string | null;
  readonly documents: readonly SealedDocument[];
  readonly officer: Person;
  /** Whether the PDF shows the 契約日, where that was looked for only when it was sent; else the warnings say it. */
  readonly dateShown?: boolean;
};

/** What a case is to the executed one that it follows: 訂正した契約書, 変更契約, 覚書 (R36). */
export type Relation = "correction" | "amendment" | "memorandum";

/** The executed case that a case refers to. */
export type Reference = {
  readonly number: CaseNumber;
  readonly relation: Relation;
  /** 契約名 of the executed contract. */
  readonly title: string;
  /** The officer who began the case that follows. */
  readonly by: string;
};

/** A case that follows an executed one. */
export type Follower = { readonly number: CaseNumber; readonly relation: Relation };

/** Where a case stands. */
export type Phase =
  | "intake"
  | "drafted"
  | "circulating"
  | "declined"
  | "executed"
  | "completed"
  | "paper"
  | "refused"
  | "withdrawn";

/** A form that came later and waits for the officer's word (R7). */
export type Proposal = {
  readonly form: ConsentForm;
  readonly mail: string;
  readonly from: string;
  /** Of the mail's writer; absent where no mail brought it. */
  readonly check?: WriterCheck;
};

/** Why a seal waits, where waiting alone does not mend it: the operator's certificate has ended or is revoked. */
export type DelayCause = "certificate";

/** A case (案件): one contract's life. */
export type Case = {
  readonly number: CaseNumber;
  readonly departmentId: string;
  readonly openedAt: Instant;
  readonly phase: Phase;
  /** 担当者 as the writer of the form's mail; answers go there. */
  readonly contact: Person;
  /** How far the contact was confirmed as the writer of that mail; absent where that was not kept. */
  readonly check?: WriterCheck;
  /** Of a case that follows an executed one. */
  readonly refersTo?: Reference;
  /** Cases that follow this executed one, oldest first; absent until there is one. */
  readonly followedBy?: readonly Follower[];
  /** What was read; null when the mail could not be read at all. */
  readonly form: ConsentForm | null;
  readonly proposal: Proposal | null;
  readonly draft: Draft | null;
  /** In signing order; empty until sent. */
  readonly parties: readonly Party[];
  readonly sentAt: Instant | null;
  /** Index of the party who is asked, or will be next; `parties.length` when all have agreed. */
  readonly turn: number;
  /** The seal, or `CERTIFICATE_STEP`, that the officer was told is late (R27); null when none is. */
  readonly delayedStep: SealStep | null;
  /** Why it waits; null when it only takes longer. */
  readonly delayedCause: DelayCause | null;
  readonly executedAt: Instant | null;
  readonly completedAt: Instant | null;
  /** Reopened after 契約日 had passed (R32). */
  readonly reopened: boolean;
  /** How often the contract was sent to all; absent until the second time (see rounds.ts). */
  readonly round?: number;
  /** The last number of a request before this round; absent in the first. */
  readonly lastIssue?: number;
  /** 第n版: absent until a corrected PDF is sent (R35). */
  readonly version?: number;
  /** The 合意締結証明書, sealed when it was made. */
  readonly certificate: Omit<GrownFile, "tails"> | null;
  /** How often a file was opened, as far as on record; absent until the first time. */
  readonly openings?: number;
  /** Number of events so far. */
  readonly length: number;
  /** Hash of the newest event: the head of the history's chain. */
  readonly head: string;
};

/** The party whose agreement is awaited; null when nobody's is. */
export function awaitedParty(state: Case): Party | null {
  return state.phase === "circulating" ? state.parties[state.turn] ?? null : null;
}

/** The party of an id; null for an id the case does not have. */
export function partyOf(state: Case, id: PartyId): Party | null {
  return state.parties.find((party) => party.id === id) ?? null;
}

/** Whether 契約日 has ended in Japan (24:00 JST). */
export function contractDayOver(state: Case, at: Instant): boolean {
  const contractDate = state.draft?.contractDate ?? null;
  return contractDate !== null && at >= endOfJstDay(contractDate);
}

function tailsOf({ tails = [], renewal }: GrownFile): readonly Tail[] {
  return renewal ? [...tails, renewal] : tails;
}

/** The whole file's SHA-256 as it now stands. */
export function currentSha256(file: GrownFile): string {
  return tailsOf(file).at(-1)?.sha256 ?? file.sha256;
}

/** The whole file's length in bytes as it now stands. */
export function currentSize(file: GrownFile): number {
  return tailsOf(file).reduce((size, tail) => size + tail.size, file.size);
}

/** The blobs that make up the file as it now stands, in order. */
export function currentParts(file: GrownFile): string[] {
  return [file.sha256, ...tailsOf(file).map((tail) => tail.blob)];
}

/** A document or the certificate; null when the case has none such. */
export function fileOf(state: Case, id: FileId): GrownFile | null {
  return id === "certificate" ? state.certificate : state.draft?.documents[id] ?? null;
}

/** All files that the case keeps for good. */
export function fileIds(state: Case): FileId[] {
  const documents = state.draft?.documents.keys() ?? [];
  return [...documents, ...state.certificate ? ["certificate" as const] : []];
}

/** Whether every document carries a step. */
export function allSealed(state: Case, step: SealStep): boolean {
  const documents = state.draft?.documents ?? [];
  return documents.length > 0 &&
    documents.every((document) => document.tails.some((tail) => tail.step === step));
}

/** The seals that follow the last agreement, in order (R26). */
export const CLOSING_STEPS = ["Conclusion", "DSS", "DocTimeStamp"] as const;

/** All seals of a case in order, from the sender's to the document timestamp. */
export function sealSteps(state: Case): SealStep[] {
  return ["Sender", ...state.parties.map((party) => party.id), ...CLOSING_STEPS];
}
