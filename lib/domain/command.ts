/**
 * What can be asked of a case. Time comes in with the command, and so does everything else that the rules need
 * to know about the world.
 *
 * @module
 */
import type {
  Authentication,
  CaseNumber,
  DelayCause,
  FileId,
  Follower,
  PartyId,
  Person,
  Reference,
  SealStep,
  Term,
} from "./case.ts";
import type { DraftFacts, InquiryWord, Opening, ReminderReason } from "./case_event.ts";
import type { ConsentForm } from "./consent_form.ts";
import type { Day, Instant } from "./instant.ts";
import type { WriterCheck } from "./writer_check.ts";

/** The first form of a contract has come in. */
export type OpenCommand = {
  readonly do: "open";
  readonly at: Instant;
  readonly number: CaseNumber;
  readonly departmentId: string;
  readonly contact: Person;
  readonly mail: string;
  readonly form: ConsentForm | null;
  readonly unreadable: string | null;
  /** Of a case that follows an executed one. */
  readonly refersTo?: Reference;
  /** Of the mail's writer. */
  readonly check?: WriterCheck;
};

/** What the rules of sending need to know besides the case. */
export type SendCommand = {
  readonly do: "send";
  readonly at: Instant;
  readonly by: Person;
  /** Whether the PDF shows the 契約日 that was given on the page; absent where none was. */
  readonly dateShown?: boolean;
  /** Digest of the summary that the officer saw (R7). */
  readonly digest: string;
  /** 契約日 as given on the page, when the mail did not say it (R15). */
  readonly contractDate: Day | null;
  /** 契約期間 as given on the page, when the mail did not say it (R14). */
  readonly term: Term | null;
  /** The department's approvers in their order, used unless the draft names others. */
  readonly approvers: readonly Person[];
  /** Addresses that may not be confirmers: the officers and the bot (R14). */
  readonly barred: readonly string[];
  /** Whether timestamp renewal is on, which lets contracts run longer than ten years. */
  readonly renewal: boolean;
};

/** What sending anew needs to know besides the case. */
export type SendAnew = {
  /** Who sends: the sender's seal names this officer. */
  readonly by: Person;
  /** What everyone who had a request is told. */
  readonly reason: string;
  /** The department's approvers in their order, used unless the draft names others. */
  readonly approvers: readonly Person[];
  /** Addresses that may not be confirmers: the officers and the bot (R14). */
  readonly barred: readonly string[];
};

/** A command to an existing case. */
export type CaseCommand =
  & { readonly at: Instant }
  & (
    | {
      readonly do: "proposeForm";
      readonly form: ConsentForm;
      readonly mail: string;
      readonly from: string;
      /** Of the mail's writer; absent where the form was filled on the web. */
      readonly check?: WriterCheck;
    }
    | {
      readonly do: "acceptForm";
      readonly by: string;
      /** Digest of the proposal that the officer saw; absent where that does not matter yet. */
      readonly digest?: string;
      /** For a contract that was sent already: accepting sends it to the new form's confirmers (R7, R34). */
      readonly anew?: SendAnew;
    }
    | SendAnew & {
      readonly do: "correct";
      readonly documents: DraftFacts["documents"];
      /** What the officer says anew; null for what stays as it was. */
      readonly title: string | null;
      readonly contractDate: Day | null;
      readonly term: Term | null;
      readonly amount: number | null;
      /** 承認者 named for this case. */
      readonly namedApprovers: readonly Person[] | null;
      /** Whether timestamp renewal is on, which lets contracts run longer than ten years. */
      readonly renewal: boolean;
    }
    | SendAnew & {
      readonly do: "changeConfirmers";
      /** The form that counts, with its confirmers as they shall be. */
      readonly form: ConsentForm;
    }
    | { readonly do: "mendForm"; readonly form: ConsentForm; readonly by: string }
    | { readonly do: "refuseForm"; readonly reason: string; readonly by: string }
    | { readonly do: "wishPaper"; readonly by: string }
    | { readonly do: "handOn"; readonly departmentId: string; readonly by: string }
    | { readonly do: "draft"; readonly draft: DraftFacts; readonly mail: string | null }
    | Omit<SendCommand, "at">
    | {
      readonly do: "recordSeal";
      /** The round that it was made for; absent for the first. */
      readonly round?: number;
      readonly document: number;
      readonly step: SealStep;
      readonly previousSha256: string;
      readonly sha256: string;
      readonly blob: string;
      readonly size: number;
    }
    | { readonly do: "reportDelay"; readonly step: SealStep; readonly cause?: DelayCause }
    | {
      readonly do: "recordHandover";
      readonly party: PartyId;
      readonly issue: number;
      readonly expiresAt: Instant;
    }
    | {
      readonly do: "remind";
      readonly party: PartyId;
      readonly issue: number;
      readonly why: readonly ReminderReason[];
    }
    | { readonly do: "recordBounce"; readonly party: PartyId; readonly issue: number; readonly why: string }
    | { readonly do: "view"; readonly party: PartyId; readonly issue: number }
    | {
      readonly do: "enterCode";
      readonly party: PartyId;
      readonly issue: number;
      readonly right: boolean;
      readonly tries: number;
    }
    | { readonly do: "setCode"; readonly accessCode: string | null; readonly by: string }
    | {
      readonly do: "agree";
      readonly party: PartyId;
      readonly issue: number;
      readonly authentication: Authentication;
      readonly documents: readonly string[];
    }
    | { readonly do: "decline"; readonly party: PartyId; readonly issue: number; readonly reason: string }
    | { readonly do: "ask"; readonly party: PartyId; readonly issue: number; readonly question: string }
    /** `issue` is that of the link it is asked through; absent where it is asked by mail. */
    | { readonly do: "requestLink"; readonly party: PartyId; readonly issue?: number }
    | { readonly do: "recordInquiry"; readonly word: InquiryWord; readonly by: string }
    | ({
      readonly do: "recordOpening";
      /** When the same person last opened the same file; null for never. */
      readonly lastAt: Instant | null;
    } & Opening)
    | { readonly do: "resend"; readonly by: string }
    | { readonly do: "withdraw"; readonly reason: string; readonly by: string }
    | { readonly do: "reopen"; readonly reason: string; readonly by: string }
    | ({
      readonly do: "follow";
      readonly by: string;
      /** How many followers the officer saw. */
      readonly seen: number;
    } & Follower)
    | {
      readonly do: "certify";
      readonly sha256: string;
      readonly size: number;
      /** The head of the history that the certificate states. */
      readonly historyHead?: string;
    }
    | {
      readonly do: "recordRenewal";
      readonly file: FileId;
      readonly step: SealStep;
      readonly previousSha256: string;
      readonly sha256: string;
      readonly blob: string;
      readonly size: number;
    }
  );
