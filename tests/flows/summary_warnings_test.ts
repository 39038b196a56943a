import { deepStrictEqual as deepEqual } from "node:assert/strict";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { warningsOf } from "../../lib/flows/summary_warnings.ts";
import { caseOf } from "../support/given_case.ts";
import { CONTRACT, draftedWith, FORM, minute } from "../support/sample_case.ts";

Deno.test("R14 what looks like a 変更契約 of construction is pointed out; nothing else is", () => {
  const codes = (kind: "construction" | "goods-services", title: string, name = "契約書.pdf") => {
    const [first, ...rest] = draftedWith({ title, documents: [{ ...CONTRACT, name }] });
    return warningsOf(caseOf([{ ...first, form: { ...FORM, kind } } as CaseEvent, ...rest]), minute(20))
      .map(({ code }) => code);
  };
  const found = ["amendment_of_construction"];
  deepEqual(codes("construction", "橋りょう補修工事 変更契約"), found);
  deepEqual(codes("construction", "橋りょう補修工事", "第1回変更請負契約書.pdf"), found);
  deepEqual(codes("construction", "橋りょう補修工事"), []);
  deepEqual(codes("goods-services", "保守業務 変更契約"), []);
});
