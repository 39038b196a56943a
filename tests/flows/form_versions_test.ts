import { deepStrictEqual as deepEqual } from "node:assert/strict";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import type { ConsentForm } from "../../lib/domain/consent_form.ts";
import { formChanges, formVersions } from "../../lib/flows/form_versions.ts";
import { historyOf } from "../support/given_case.ts";
import { CONTACT, FORM, minute, OFFICER, opened } from "../support/sample_case.ts";

const proposed = (form: ConsentForm, at: number, mail = "blob"): CaseEvent => ({
  did: "formProposed",
  at: minute(at),
  form,
  mail,
  from: CONTACT.address,
});
const openedWith = (form: ConsentForm | null): CaseEvent => ({ ...opened[0], form } as CaseEvent);
const short = (events: readonly CaseEvent[]) =>
  formVersions(historyOf(events)).map((
    { origin, by, changes },
  ) => [origin, by, ...changes.map(({ label, before, after }) => `${label}: ${before}→${after}`)]);

Deno.test("each version says whence it came and what changed since the one that it was made from", () => {
  const first = { ...FORM, phone: "", staff: "" };
  const second = { ...first, phone: "028-000-0000" };
  deepEqual(
    short([
      openedWith(first),
      proposed(second, 1),
      proposed(FORM, 2, ""),
      { did: "formAccepted", at: minute(3), form: FORM, by: OFFICER.address },
      { did: "formMended", at: minute(4), form: { ...FORM, addressee: "県知事" }, by: OFFICER.address },
      { did: "handedOn", at: minute(5), departmentId: "doboku", by: OFFICER.address },
    ]),
    [
      ["mail", CONTACT.address],
      ["mail", CONTACT.address, "電話番号: →028-000-0000"],
      ["web", CONTACT.address, "担当者氏名: →事務 三郎"],
      ["accepted", OFFICER.address, "担当者氏名: →事務 三郎", "電話番号: →028-000-0000"],
      ["mended", OFFICER.address, "宛名: 見本県知事→県知事"],
    ],
  );
});

Deno.test("a case that began with an unreadable mail has its first version later", () => {
  deepEqual(short([openedWith(null), proposed(FORM, 1)]), [["mail", CONTACT.address]]);
  deepEqual(short([openedWith(null)]), []);
});

Deno.test("a proposal that was accepted is what the next one is made from", () => {
  const second = { ...FORM, phone: "1" };
  deepEqual(
    short([
      openedWith(FORM),
      proposed(second, 1),
      { did: "formAccepted", at: minute(2), form: second, by: OFFICER.address },
      proposed({ ...second, staff: "x" }, 3),
    ]).at(-1),
    ["mail", CONTACT.address, "担当者氏名: 事務 三郎→x"],
  );
});

Deno.test("a further confirmer, or one less, is a change of each of its fields", () => {
  const [vendor] = FORM.vendors;
  const alone = { ...FORM, vendors: [{ ...vendor!, confirmers: vendor!.confirmers.slice(0, 1) }] };
  const labels = (a: ConsentForm, b: ConsentForm) =>
    formChanges(a, b).map(({ before, after }) => [before, after]);
  deepEqual(labels(alone, FORM), [["", "見本 二郎"], ["", "jiro@vendor.example.jp"]]);
  deepEqual(labels(FORM, alone), [["見本 二郎", ""], ["jiro@vendor.example.jp", ""]]);
  deepEqual(formChanges(FORM, FORM), []);
});
