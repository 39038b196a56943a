/**
 * Takes an uploaded contract in. Files go to the blobs while they arrive.
 *
 * @module
 */
import type { Context } from "hono";
import type { OpenedLink } from "../../lib/flows/links.ts";
import type { Case } from "../../lib/domain/case.ts";
import type { Outcome } from "../../lib/flows/act.ts";
import { draftContract } from "../../lib/flows/draft_contract.ts";
import { officerOf } from "../../lib/flows/officer_acts.ts";
import { correctContract } from "../../lib/flows/send_anew.ts";
import type { OfferedFile } from "../../lib/flows/take_files.ts";
import { readContractLines } from "../../lib/forms/contract_lines.ts";
import type { RefusalReason } from "../../lib/letters/letter_order.ts";
import { refusalWords } from "../../lib/letters/refusal_words.ts";
import { MAX_DOCUMENTS } from "../../lib/domain/limits.ts";
import { AnswerPage } from "../answer_page.tsx";
import type { Desk } from "../desk.ts";
import { type FormPart, formParts, partText } from "../multipart.ts";
import { type FormPlace, guardAnswer } from "../posted_form.tsx";
import { FormValues, RequestFault } from "../read_form.ts";
import { refusalPage } from "../refusal_page.tsx";
import { officerRefusal } from "./refusals.ts";
import { takeIn } from "./session.tsx";
import { CORRECTION_FIELDS } from "./anew_acts.tsx";
import { LINE_FIELDS } from "./upload_act.tsx";

/** Longest value of a field beside the files, in bytes. */
const MAX_VALUE_BYTES = 8 * 1024;
const MAX_FIELDS = 40;

/** Ends a stream that grows beyond `most` bytes with a 413. */
function bounded(most: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(piece, controller) {
      size += piece.length;
      if (size > most) controller.error(new RequestFault(413, "Cannot take the file: it is too large"));
      else controller.enqueue(piece);
    },
  });
}

type Upload = { readonly values: FormValues; readonly files: readonly OfferedFile[] };

async function takePart(desk: Desk, part: FormPart & { filename: string }): Promise<OfferedFile | null> {
  const most = desk.world.settings.limits.maxPdfBytes;
  const { sha256, size } = await desk.world.blobs.put(part.content.pipeThrough(bounded(most)));
  return part.filename === "" && size === 0 ? null : { filename: part.filename, blob: sha256, size };
}

/** Reads the whole form; stops before the first file when the guard does not let it through. */
async function takeUpload(desk: Desk, c: Context, place: FormPlace): Promise<Upload | Response> {
  const values: [string, string][] = [];
  const files: OfferedFile[] = [];
  for await (const part of formParts(c.req.raw)) {
    const { filename } = part;
    if (filename === null) {
      values.push([part.name, await partText(part, MAX_VALUE_BYTES)]);
    } else {
      const refused = files.length === 0 && guardAnswer(desk, c, place, new FormValues(values));
      if (refused) return refused;
      const file = await takePart(desk, { ...part, filename });
      if (file) files.push(file);
    }
    if (values.length > MAX_FIELDS || files.length > MAX_DOCUMENTS) {
      throw new RequestFault(400, "Cannot read the form: it has too many fields");
    }
  }
  const form = new FormValues(values);
  return guardAnswer(desk, c, place, form) ?? { values: form, files };
}

function problemsPage(desk: Desk, path: string, problems: readonly RefusalReason[]): Response {
  const answer = {
    status: 400,
    heading: "契約書を受け付けられませんでした",
    sentence: "次の点を直して、もう一度お出しください。",
    advice: "案件の内容は変わっていません。",
  } as const;
  const page = (
    <AnswerPage answer={answer} back={path}>
      <ul class="text-list">
        {problems.map(({ code, about }) => {
          const { reason, remedy } = refusalWords(code);
          return <li key={`${code}${about}`}>{about && <b>{about}：</b>}{reason}{remedy}</li>;
        })}
      </ul>
    </AnswerPage>
  );
  return desk.pages.html(page, { status: answer.status });
}

/** The lines that a mail would have, of the fields that are filled in. */
function linesOf(values: FormValues, fields: readonly (readonly [string, string, ...string[]])[]) {
  const lines = fields.filter(([name]) => values.get(name) !== "")
    .map(([name, label]) => `${label}: ${values.get(name).replaceAll("\n", " ")}`);
  return readContractLines(lines.join("\n"));
}

/** Takes a form with files for an officer who may act with the link; else the answer why not. */
async function takeFrom(
  desk: Desk,
  c: Context,
  opened: OpenedLink,
  place: FormPlace,
): Promise<Upload | Response> {
  const upload = await takeUpload(desk, c, place);
  if (upload instanceof Response) return upload;
  const elsewhere = await takeIn(desk, c, opened.link);
  if (elsewhere) return elsewhere;
  const back = { back: place.scope };
  return upload.files.length === 0 ? refusalPage(desk.pages, { refused: "no_documents" }, back) : upload;
}

function answerOf(
  desk: Desk,
  c: Context,
  outcome: Outcome | { readonly problems: readonly RefusalReason[] },
  { state, path }: { readonly state: Case; readonly path: string },
): Response {
  if ("problems" in outcome) return problemsPage(desk, path, outcome.problems);
  if ("refused" in outcome) return officerRefusal(desk, outcome, { state, back: path });
  return c.redirect(path, 303);
}

/** The way of a corrected contract from the request to its sending (R35). */
export async function uploadCorrection(
  desk: Desk,
  c: Context,
  opened: OpenedLink,
  place: FormPlace,
  path: string,
): Promise<Response> {
  const upload = await takeFrom(desk, c, opened, place);
  if (upload instanceof Response) return upload;
  const { values, files } = upload;
  if (values.get("declared") !== "yes") {
    return refusalPage(desk.pages, { refused: "not_declared" }, { back: path });
  }
  const lines = linesOf(values, CORRECTION_FIELDS);
  const outcome = await correctContract(desk.world, opened, { files, lines, reason: values.get("reason") });
  if ("state" in outcome) desk.images.prepare(outcome.state.draft?.documents ?? []);
  return answerOf(desk, c, outcome, { state: opened.state, path });
}

/** The upload's way from the request to the draft. */
export async function uploadContract(
  desk: Desk,
  c: Context,
  opened: OpenedLink,
  place: FormPlace,
  path: string,
): Promise<Response> {
  const upload = await takeFrom(desk, c, opened, place);
  if (upload instanceof Response) return upload;
  const { values, files } = upload;
  const outcome = await draftContract(desk.world, opened.state, {
    officer: officerOf(desk.world.settings, opened.link.address),
    files,
    lines: linesOf(values, LINE_FIELDS),
    mail: null,
  });
  return answerOf(desk, c, outcome, { state: opened.state, path });
}
