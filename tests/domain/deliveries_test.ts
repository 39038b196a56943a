import { given } from "../support/given_case.ts";
import { askedWith, FIRST_LINK_END, minute } from "../support/sample_case.ts";

Deno.test("news of a request that was never made means nothing", () => {
  const never = { at: minute(40), party: "Confirmer1", issue: 0 };
  given(askedWith()).when({ do: "recordBounce", ...never, why: "550" }).then();
  given(askedWith()).when({ do: "recordHandover", ...never, expiresAt: FIRST_LINK_END }).then();
});
