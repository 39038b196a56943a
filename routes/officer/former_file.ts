/**
 * A document of an earlier round, with the seals that it had got: void, but never thrown away (R35).
 *
 * @module
 */
import type { Context } from "hono";
import { readHistory } from "../../lib/flows/case_records.ts";
import { formerRounds } from "../../lib/flows/former_rounds.ts";
import type { OpenedLink } from "../../lib/flows/links.ts";
import { ANSWERS } from "../answer.ts";
import type { Desk } from "../desk.ts";
import { documentFile } from "../file_answer.ts";
import { handedOut } from "../handed_out.ts";
import { answerPage } from "../refusal_page.tsx";

/** Hands the document out; who took it is in the history. */
export async function sendFormerPdf(desk: Desk, c: Context, opened: OpenedLink): Promise<Response> {
  const round = Number(c.req.param("round"));
  const id = Number.parseInt(c.req.param("file") ?? "", 10) - 1;
  const former = formerRounds(await readHistory(desk.world.store, opened.state.number));
  const document = former.find((each) => each.round === round)?.documents[id];
  if (!document) return answerPage(desk.pages, ANSWERS.unknown);
  return await handedOut(desk, c, opened, { id, round, file: documentFile(document) });
}
