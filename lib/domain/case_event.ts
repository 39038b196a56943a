/**
 * What can have happened to a case, in the past tense. The events are the case's history (監査証跡): each is
 * kept with the hash of the one before, so none can be changed, dropped or put in later unseen.
 *
 * @module
 */
import type {
  Authentication,
  CaseNumber,
  ContractFile,
  DelayCause,
  Draft,
  FileId,
  Follower,
  PartyId,
  Person,
  Reference,
  SealStep,
} from "./case.ts";
import type { ConsentForm } from "./consent_form.ts";
import type { Day, Instant } from "./instant.ts";
import type { PartyFacts } from "./parties.ts";
import type { WriterCheck } from "./writer_check.ts";

/** Why a consent form could not be read at all. */
export type UnreadableForm = { readonly why: string };

/** Words by mail that concern one case: 状況, 再送, 取消 (interface.md, Mail addresses). */
export type InquiryWord = "status" | "resend" | "withdraw";

/** As what someone opened a file. */
export type OpenedAs = "confirmer" | "approver" | "officer" | "contact" | "copy";

/** Who opened what. */
export type Opening = {
  /** Mail address. */
  readonly who: string;
  readonly as: OpenedAs;
  /** A file by its place, or all of the case's that stood together on a page or in one export. */
  readonly file: FileId | "all";
  /** The round whose file it was; absent in the first (see rounds.ts). */
  readonly round?: number;
  /** Shown on a page, or handed out to be kept. */
  readonly what: "view" | "download";
};

/** Why someone is reminded: the link has 3 days left, 契約日 is 3 days away, 契約日 is 1 day away (R32). */
export type ReminderReason = "link_ends" | "contract_in_three_days" | "contract_tomorrow";

/** An event without its place in the history. */
export type CaseEvent =
  & { readonly at: Instant }
  & (
    | {
      readonly did: "opened";
      readonly number: CaseNumber;
      readonly departmentId: string;
      readonly contact: Person;
      /** Blob of the raw mail. */
      readonly mail: string;
      readonly form: ConsentForm | null;
      readonly unreadable: string | null;
      /** Of a case that an officer began after an executed one, whose form and mail it takes over. */
      readonly refersTo?: Reference;
      /** Of the mail's writer; absent where there was no mail, and in histories of before it was kept. */
      readonly check?: WriterCheck;
    }
    | {
      readonly did: "formProposed";
      readonly form: ConsentForm;
      readonly mail: string;
      readonly from: string;
      /** As above. */
      readonly check?: WriterCheck;
    }
    | { readonly did: "formAccepted"; readonly form: ConsentForm; readonly by: string }
    | { readonly did: "formMended"; readonly form: ConsentForm; readonly by: string }
    | { readonly did: "formRefused"; readonly reason: string; readonly by: string }
    | { readonly did: "paperWished"; readonly by: string }
    | { readonly did: "handedOn"; readonly departmentId: string; readonly by: string }
    | { readonly did: "drafted"; readonly draft: DraftFacts; readonly mail: string | null }
    | {
      readonly did: "sent";
      readonly by: Person;
      readonly parties: readonly PartyFacts[];
      readonly contractDate: Day;
      readonly term: { readonly from: Day; readonly to: Day };
      /** Whether the PDF shows the 契約日; only where the officer said that date on the page. */
      readonly dateShown?: boolean;
    }
    /** A corrected PDF went out: everyone is asked anew (R35). */
    | NewRoundFacts & { readonly did: "corrected"; readonly version: number; readonly draft: DraftFacts }
    /** The same PDF went out to other confirmers: everyone is asked anew (R34). */
    | NewRoundFacts & { readonly did: "confirmersChanged"; readonly form: ConsentForm }
    /** A bounced address that nobody had seen was put right; the others' agreements stand (R34). */
    | {
      readonly did: "addressMended";
      readonly party: PartyId;
      readonly address: string;
      readonly form: ConsentForm;
      readonly reason: string;
      readonly by: string;
    }
    | {
      readonly did: "sealed";
      readonly document: number;
      readonly step: SealStep;
      readonly previousSha256: string;
      readonly sha256: string;
      readonly blob: string;
      readonly size: number;
    }
    | { readonly did: "sealingDelayed"; readonly step: SealStep; readonly cause?: DelayCause }
    | { readonly did: "requested"; readonly party: PartyId; readonly issue: number; readonly by: string }
    | {
      readonly did: "handedOver";
      readonly party: PartyId;
      readonly issue: number;
      readonly expiresAt: Instant;
    }
    | {
      readonly did: "reminded";
      readonly party: PartyId;
      readonly issue: number;
      readonly why: readonly ReminderReason[];
    }
    | { readonly did: "bounced"; readonly party: PartyId; readonly issue: number; readonly why: string }
    | { readonly did: "viewed"; readonly party: PartyId }
    | { readonly did: "codeRefused"; readonly party: PartyId }
    | { readonly did: "codeLocked"; readonly party: PartyId }
    | { readonly did: "codeSet"; readonly accessCode: string | null; readonly by: string }
    | {
      readonly did: "agreed";
      readonly party: PartyId;
      readonly authentication: Authentication;
      /** SHA-256 of each document as the person had it before the eyes. */
      readonly documents: readonly string[];
    }
    | { readonly did: "declined"; readonly party: PartyId; readonly reason: string }
    | { readonly did: "asked"; readonly party: PartyId; readonly question: string }
    | { readonly did: "linkRequested"; readonly party: PartyId }
    /** Someone asked by a word in a mail; what came of it stands in further events, if anything did. */
    | { readonly did: "inquired"; readonly word: InquiryWord; readonly by: string }
    /** Someone had a file before the eyes or took it home; the same again within a while is not told twice. */
    | ({ readonly did: "fileOpened" } & Opening)
    | { readonly did: "withdrawn"; readonly reason: string; readonly by: string }
    | { readonly did: "reopened"; readonly reason: string; readonly by: string }
    /** An officer began a case that refers to this executed one. */
    | ({ readonly did: "followed"; readonly by: string } & Follower)
    | {
      readonly did: "certified";
      readonly sha256: string;
      readonly size: number;
      /** The head of the history that the certificate states; absent in histories of before it was kept. */
      readonly historyHead?: string;
    }
    | { readonly did: "completed" }
    | {
      readonly did: "renewed";
      readonly file: FileId;
      readonly step: SealStep;
      readonly previousSha256: string;
      readonly sha256: string;
      /** Blob of what all renewals so far have appended; an earlier one's bytes are its beginning. */
      readonly blob: string;
      /** Length of that blob. */
      readonly size: number;
    }
  );

/** What is said of every round but the first. */
export type NewRoundFacts = {
  readonly by: Person;
  readonly reason: string;
  /** In signing order. */
  readonly parties: readonly PartyFacts[];
  /** Who hears of it: whoever had a request, and the officer who had sent before when that is another. */
  readonly told: readonly Person[];
};

/** A draft as the officer's mail or upload states it. */
export type DraftFacts = Omit<Draft, "documents"> & { readonly documents: readonly ContractFile[] };

/** An event at its place in the history. */
export type RecordedEvent = {
  readonly seq: number;
  /** Hash of the event before; 64 zeros for the first. */
  readonly previous: string;
  readonly event: CaseEvent;
  /** SHA-256 over `seq`, `previous` and the event, hexadecimal. */
  readonly hash: string;
};
