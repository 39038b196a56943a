/**
 * What was changed between two revisions of a PDF: an attacker who appends to a signed file leaves every signed
 * byte as it is, so the objects are compared. Allowed is what is listed here; anything else is "other".
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import { pagesOf } from "../pdf/page_tree.ts";
import type { PdfFile } from "../pdf/pdf_file.ts";
import { differingKeys, sameValue } from "../pdf/same_value.ts";
import { isRef, type PdfValue } from "../pdf/values.ts";
import { ChangeAccount, OTHER_CHANGE, type UpdateChange } from "./verify_account.ts";
import { compareFields, compareForms, compareLists } from "./verify_changes_form.ts";
import { compareInfo, compareMetadata } from "./verify_changes_info.ts";
import { touchedNumbers } from "./verify_touched.ts";

/** Most pages that are looked at. */
const MAX_PAGES = 100_000;

/**
 * What was changed from one revision to a later one. What cannot be read counts as "other".
 *
 * @param ends where the signatures end that are reported: one that is hidden from the report is no seal
 */
export async function changeBetween(
  before: PdfFile,
  after: PdfFile,
  ends: ReadonlySet<number>,
): Promise<UpdateChange> {
  try {
    const touched = touchedNumbers(before, after);
    if (touched === null) return OTHER_CHANGE;
    const account = new ChangeAccount(before, after, touched, ends);
    await account.dropUnchanged();
    compareTrailers(account);
    compareCatalogs(account);
    comparePages(account);
    compareFields(account);
    return account.close();
  } catch (error) {
    if (error instanceof UnreadableError) return OTHER_CHANGE;
    throw error;
  }
}

function compareTrailers(account: ChangeAccount): void {
  const [a, b] = [account.before, account.after].map(({ trailer }) => trailer);
  if (!sameValue(a?.get("Root"), b?.get("Root"))) account.note("other");
  compareInfo(account, a?.get("Info"), b?.get("Info"));
}

function compareCatalogs(account: ChangeAccount): void {
  const { catalog: a, catalogRef } = account.before;
  const b = account.after.catalog;
  account.open.delete(catalogRef.number);
  for (const key of new Set([...differingKeys(a, b), "AcroForm", "DSS", "Metadata"])) {
    const [old, now] = [a.get(key), b.get(key)];
    switch (key) {
      case "AcroForm":
        compareForms(account, old, now);
        break;
      case "DSS":
        compareStores(account, old, now);
        break;
      case "Extensions":
        // Declared extensions change nothing that is shown.
        if (account.after.dict(now)) account.allow("validation-data", now, old);
        else account.note("other");
        break;
      case "Metadata":
        compareMetadata(account, old, now);
        break;
      case "Version":
        account.allow("file-info", now, old);
        break;
      default:
        account.note("other");
    }
  }
}

/** Entries of a store of validation data (ISO 32000-2 Table 261). */
const STORE_KEYS = ["Type", "Certs", "OCSPs", "CRLs", "VRI"];

/** A store of validation data may grow; what stood in it stays as it is. */
function compareStores(account: ChangeAccount, old: PdfValue | undefined, now: PdfValue | undefined): void {
  const { before, after, open } = account;
  const listed = [...before.dict(old)?.values() ?? []];
  const listsTouched = listed.some((value) => isRef(value) && open.has(value.number));
  if (!account.differs(old, now) && !listsTouched) return;
  const [a, b] = [before.dict(old) ?? new Map<string, PdfValue>(), after.dict(now)];
  if (!b) return account.note("other");
  account.note("validation-data");
  account.accountFor(now, old);
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    if (!STORE_KEYS.includes(key)) account.note("other");
    else if (account.differs(a.get(key), b.get(key))) {
      account.allow("validation-data", b.get(key), a.get(key));
    }
  }
}

/** A page may get annotations, if they are seals. */
function comparePages(account: ChangeAccount): void {
  const { before, after, open } = account;
  let pages = 0;
  for (const { ref, dict } of pagesOf(before)) {
    if (pages++ === MAX_PAGES || ![...open].some((number) => !account.isNew(number))) return;
    const annotations = dict.get("Annots");
    const listed = isRef(annotations) && open.has(annotations.number);
    if (!open.has(ref.number) && !listed) continue;
    const now = after.dict(ref);
    if (!now || differingKeys(dict, now).some((key) => key !== "Annots")) continue;
    open.delete(ref.number);
    compareLists(account, annotations, now.get("Annots"));
  }
}
