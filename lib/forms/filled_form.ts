/**
 * A form of the service with values in its fields: what somebody sends back, as samples show it.
 *
 * @module
 */
import { type BlankForm, type BlankPart, fieldName } from "./blank_form.ts";

/** Values by the names of the fields (see {@linkcode fieldName}). */
export type FormValues = Readonly<Record<string, string>>;

function filledPart(part: BlankPart, values: FormValues): BlankPart {
  const rows = part.rows.map((row) => {
    const value = values[fieldName(part, row)];
    return value === undefined ? row : { ...row, value };
  });
  return { ...part, rows };
}

/** The form with the values in it; a field without one stays empty. */
export function filledForm(form: BlankForm, values: FormValues): BlankForm {
  return {
    ...form,
    parts: form.parts.map((part) => filledPart(part, values)),
    members: form.members.map((part) => filledPart(part, values)),
  };
}
