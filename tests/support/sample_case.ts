/**
 * The history of one ordinary case, step by step, for tests to begin from: a vendor with two confirmers, one
 * approver, one document, 契約日 2026-12-01.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { CaseEvent, DraftFacts } from "../../lib/domain/case_event.ts";
import type { CaseCommand, OpenCommand } from "../../lib/domain/command.ts";
import type { ContractFile, FileId } from "../../lib/domain/case.ts";
import type { ConsentForm } from "../../lib/domain/consent_form.ts";
import { type Instant, plusMs } from "../../lib/domain/instant.ts";

/** When the case begins: 2026-11-24, 10:00 in Japan. */
export const START: Instant = "2026-11-24T01:00:00.000Z";

/** An instant some minutes after the beginning. */
export const minute = (minutes: number): Instant => plusMs(START, minutes * 60_000);

/** A made-up SHA-256. */
export const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The officer who sends. */
export const OFFICER = { name: "契約 太郎", address: "officer@pref.example.lg.jp" };
/** The department's approver. */
export const APPROVER = { name: "会計 花子", address: "approver@pref.example.lg.jp" };
/** Who mailed the form. */
export const CONTACT = { name: "事務 三郎", address: "jimu@vendor.example.jp" };

/** A form without any problem. */
export const FORM: ConsentForm = {
  kind: "goods-services",
  submittedOn: "2026-11-20",
  addressee: "見本県知事",
  contractName: "文書管理システム保守業務委託",
  staff: "事務 三郎",
  phone: "028-000-0000",
  vendors: [{
    company: "株式会社見本",
    postalAddress: "栃木県宇都宮市塙田1-1-20",
    representative: "代表取締役 見本 一郎",
    confirmers: [
      { name: "見本 一郎", address: "ichiro@vendor.example.jp" },
      { name: "見本 二郎", address: "jiro@vendor.example.jp" },
    ],
  }],
  cutOff: [],
};

/** The contract as handed in. */
export const CONTRACT: ContractFile = {
  name: "契約書.pdf",
  sha256: hash("contract"),
  size: 100_000,
  pages: 3,
  normalisedFrom: null,
  warnings: [],
};

/** The draft as handed in. */
export const DRAFT: DraftFacts = {
  title: FORM.contractName,
  contractDate: "2026-12-01",
  term: { from: "2026-12-01", to: "2027-03-31" },
  amount: 1_200_000,
  copyTo: [],
  approvers: null,
  accessCode: null,
  documents: [CONTRACT],
  officer: OFFICER,
};

/** The command that begins the case. */
export const OPEN: OpenCommand = {
  do: "open",
  at: START,
  number: "R8-000123",
  departmentId: "bukken",
  contact: CONTACT,
  mail: hash("mail"),
  form: FORM,
  unreadable: null,
};

/** The form is in. */
export const opened: readonly CaseEvent[] = [{
  did: "opened",
  at: START,
  number: "R8-000123",
  departmentId: "bukken",
  contact: CONTACT,
  mail: hash("mail"),
  form: FORM,
  unreadable: null,
}];

/** The contract is in as well. */
export function draftedWith(change: Partial<DraftFacts> = {}): CaseEvent[] {
  return [...opened, { did: "drafted", at: minute(10), draft: { ...DRAFT, ...change }, mail: null }];
}

/** The parties in the order in which they are asked. */
export const PARTIES = [
  { id: "Confirmer2", role: "confirmer", name: "見本 二郎", address: "jiro@vendor.example.jp" },
  { id: "Confirmer1", role: "confirmer", name: "見本 一郎", address: "ichiro@vendor.example.jp" },
  { id: "Approver1", role: "approver", ...APPROVER },
] as const;

/** The contract is on its way; nothing is sealed yet. */
export function sentWith(change: Partial<DraftFacts> = {}): CaseEvent[] {
  const { contractDate, term } = { ...DRAFT, ...change };
  return [...draftedWith(change), {
    did: "sent",
    at: minute(20),
    by: OFFICER,
    parties: PARTIES,
    contractDate: contractDate ?? "2026-12-01",
    term: term ?? { from: "2026-12-01", to: "2027-03-31" },
  }];
}

/** The hash of a document after a step. */
export const sealedHash = (step: string, document = 0): string => hash(`sealed ${document} ${step}`);

/** A seal of a document, after the step before. */
export function sealedBy(step: string, before: string | null, at: Instant, document = 0): CaseEvent {
  return {
    did: "sealed",
    at,
    document,
    step,
    previousSha256: before === null ? CONTRACT.sha256 : sealedHash(before, document),
    sha256: sealedHash(step, document),
    blob: hash(`tail ${document} ${step}`),
    size: 11_000,
  };
}

/** The same as a command. */
export function recordSeal(step: string, before: string | null, at: Instant, document = 0): CaseCommand {
  const { did: _, ...facts } = sealedBy(step, before, at, document) as Extract<CaseEvent, { did: "sealed" }>;
  return { do: "recordSeal", ...facts };
}

/** A request to a party, handed over one minute later with a link of ten days. */
export function requestedOf(party: string, at: Instant, issue = 1): CaseEvent[] {
  const handedOver = plusMs(at, 60_000);
  return [
    { did: "requested", at, party, issue, by: "service" },
    { did: "handedOver", at: handedOver, party, issue, expiresAt: plusMs(handedOver, 10 * 86_400_000) },
  ];
}

/** A party's agreement to the document as the step before left it. */
export function agreedBy(party: string, before: string, at: Instant): CaseEvent {
  return { did: "agreed", at, party, authentication: "mail", documents: [sealedHash(before)] };
}

/** The first confirmer has a link that works until minute 31 plus ten days. */
export function askedWith(change: Partial<DraftFacts> = {}): CaseEvent[] {
  return [
    ...sentWith(change),
    sealedBy("Sender", null, minute(21)),
    ...requestedOf("Confirmer2", minute(30)),
  ];
}

/** Ten days after the first request was handed over: the end of its link. */
export const FIRST_LINK_END: Instant = plusMs(minute(31), 10 * 86_400_000);

/** Both confirmers have agreed and the approver is asked. */
export function approverAsked(change: Partial<DraftFacts> = {}): CaseEvent[] {
  return [
    ...askedWith(change),
    agreedBy("Confirmer2", "Sender", minute(40)),
    sealedBy("Confirmer2", "Sender", minute(41)),
    ...requestedOf("Confirmer1", minute(42)),
    agreedBy("Confirmer1", "Confirmer2", minute(50)),
    sealedBy("Confirmer1", "Confirmer2", minute(51)),
    ...requestedOf("Approver1", minute(52)),
  ];
}

/** All have agreed: the contract is concluded, and the closing seals are due. */
export function executed(): CaseEvent[] {
  return [...approverAsked(), agreedBy("Approver1", "Confirmer1", minute(60))];
}

/** Every seal is there. */
export function wholeSealed(): CaseEvent[] {
  return [
    ...executed(),
    sealedBy("Approver1", "Confirmer1", minute(61)),
    sealedBy("Conclusion", "Approver1", minute(62)),
    sealedBy("DSS", "Conclusion", minute(63)),
    sealedBy("DocTimeStamp", "DSS", minute(64)),
  ];
}

/** The hash of a file after a renewal. */
export const renewedHash = (step: string, file: FileId): string => hash(`renewed ${file} ${step}`);

/** A renewal of a file on what its hash was before. */
export function renewedBy(step: string, previousSha256: string, at: Instant, file: FileId = 0): CaseEvent {
  const blob = hash(`renewals ${file} ${step}`);
  const sha256 = renewedHash(step, file);
  return { did: "renewed", at, file, step, previousSha256, sha256, blob, size: 14_000 };
}

/** Certified and done. */
export function completed(): CaseEvent[] {
  return [
    ...wholeSealed(),
    { did: "certified", at: minute(65), sha256: hash("certificate"), size: 200_000 },
    { did: "completed", at: minute(65) },
  ];
}
