/**
 * The versions of a case's consent form, read off its history: what came, what the officer made of it, and what
 * changed each time (R4, R7).
 *
 * @module
 */
import type { CaseEvent, RecordedEvent } from "../domain/case_event.ts";
import { type ConsentForm, EMPTY_FORM, fieldsOf } from "../domain/consent_form.ts";
import type { Instant } from "../domain/instant.ts";

/** One value that is other than before; an empty text stands for an empty cell. */
export type FormChange = { readonly label: string; readonly before: string; readonly after: string };

/** How a version came about: by mail or the web form from the vendor's side, or by the officer. */
export type VersionOrigin = "mail" | "web" | "accepted" | "mended";

/** A version of the form. */
export type FormVersion = {
  readonly at: Instant;
  readonly origin: VersionOrigin;
  /** Address of whoever sent, accepted or mended it. */
  readonly by: string;
  /** Against the version that it was made from; empty for the first. */
  readonly changes: readonly FormChange[];
};

/** What changed from one form to another, in printed order. */
export function formChanges(before: ConsentForm, after: ConsentForm): FormChange[] {
  const [old, fresh] = [before, after].map((form) =>
    new Map(fieldsOf(form).map((field) => [field.path, field]))
  );
  const paths = [...new Set([...fresh!.keys(), ...old!.keys()])];
  return paths.flatMap((path) => {
    const [was, is] = [old!.get(path), fresh!.get(path)];
    const change = { label: (is ?? was)!.label, before: was?.value ?? "", after: is?.value ?? "" };
    return change.before === change.after ? [] : [change];
  });
}

/** The form in an event with where it came from; null for events without one. */
function formIn(event: CaseEvent): { form: ConsentForm; origin: VersionOrigin; by: string } | null {
  switch (event.did) {
    case "opened":
      return event.form && { form: event.form, origin: "mail", by: event.contact.address };
    case "formProposed":
      return { form: event.form, origin: event.mail === "" ? "web" : "mail", by: event.from };
    case "formAccepted":
      return { form: event.form, origin: "accepted", by: event.by };
    case "formMended":
      return { form: event.form, origin: "mended", by: event.by };
    default:
      return null;
  }
}

/** All versions, first one first. */
export function formVersions(history: readonly RecordedEvent[]): FormVersion[] {
  const versions: FormVersion[] = [];
  let counting: ConsentForm | null = null;
  let proposed: ConsentForm | null = null;
  for (const { event } of history) {
    const found = formIn(event);
    if (!found) continue;
    const { form, origin, by } = found;
    const ofOfficer = origin === "accepted" || origin === "mended";
    // A reply with a single line mends what was proposed last; the officer's word changes what counts.
    const base: ConsentForm | null = ofOfficer ? counting : proposed ?? counting;
    const changes = versions.length === 0 ? [] : formChanges(base ?? EMPTY_FORM, form);
    versions.push({ at: event.at, origin, by, changes });
    if (ofOfficer || event.did === "opened") counting = form;
    if (origin === "accepted") proposed = null;
    if (event.did === "formProposed") proposed = form;
  }
  return versions;
}
