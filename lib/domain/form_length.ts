/**
 * The bound on what a consent form may hold.
 *
 * @module
 */
import { type ConsentForm, fieldsOf } from "./consent_form.ts";
import { canonicalJson } from "./history.ts";
import { MAX_FORM, MAX_TEXT } from "./limits.ts";

/** Whether a form is longer than any honest one, as a whole or in one field. */
export function formTooLong(form: ConsentForm): boolean {
  return fieldsOf(form).some((field) => field.value.length > MAX_TEXT) ||
    canonicalJson(form).length > MAX_FORM;
}
