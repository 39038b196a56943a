import { doesNotMatch, match } from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { type ConsentForm, EMPTY_FORM } from "../../lib/domain/consent_form.ts";
import { roomFor } from "../../routes/consent_form_values.ts";
import { VendorPage } from "../../routes/vendor/pages.tsx";
import { FORM } from "../support/sample_case.ts";

const pageOf = (form: ConsentForm): string =>
  renderToString(
    <VendorPage
      path="/f/token"
      form={roomFor(form, 1)}
      problems={[]}
      rejected={false}
      typedDay=""
      next={null}
      submitGuard="guard"
      paperGuard="guard"
    />,
  );

Deno.test("R4: the web form says that it is filled in only when something was read", () => {
  match(pageOf(FORM), /読み取った内容を記入してあります/);
  match(pageOf(EMPTY_FORM), /同意書の内容をご記入ください/);
  doesNotMatch(pageOf(EMPTY_FORM), /読み取った内容/);
});
