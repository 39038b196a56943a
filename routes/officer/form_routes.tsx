/**
 * The officer's pages about a consent form: what was read beside what came (R5).
 *
 * @module
 */
import type { Context } from "hono";
import type { VNode } from "preact";
import type { Case } from "../../lib/domain/case.ts";
import { EMPTY_FORM } from "../../lib/domain/consent_form.ts";
import { readHistory } from "../../lib/flows/case_records.ts";
import type { OpenedLink } from "../../lib/flows/links.ts";
import { officerOf } from "../../lib/flows/officer_acts.ts";
import { formMail } from "../../lib/flows/original_form.ts";
import { ANSWERS } from "../answer.ts";
import { roomFor } from "../consent_form_values.ts";
import type { Desk } from "../desk.ts";
import { fileAnswer } from "../file_answer.ts";
import { answerPage } from "../refusal_page.tsx";
import { FormPage, MendPage } from "./mend_page.tsx";
import { OriginalCard } from "./original_card.tsx";
import { mailFile } from "./original_mail.ts";
import { Originals } from "./originals.ts";
import { isOpen } from "./parts.tsx";

/** Answers for an opened case; `path` is where its pages begin, and what its forms are bound to. */
export type CaseHandler = (c: Context, opened: OpenedLink, path: string) => Response | Promise<Response>;

/** The form of a case as it came; null when no mail brought it. */
export async function originalCard(
  desk: Desk,
  originals: Originals,
  state: Case,
  path: string,
): Promise<VNode | null> {
  if (formMail(await readHistory(desk.world.store, state.number)) === null) return null;
  const form = await originals.of(state);
  return <OriginalCard path={path} original={form && { form, files: await originals.shown(form) }} />;
}

async function sendMail(desk: Desk, c: Context, { state }: OpenedLink): Promise<Response> {
  const { blobs, store } = desk.world;
  const mail = formMail(await readHistory(store, state.number));
  if (mail === null) return answerPage(desk.pages, ANSWERS.unknown);
  return await fileAnswer(blobs, c.req.raw, await mailFile(blobs, mail, state.number));
}

/** Adds the paths by `show`, which opens the case. */
export function officerFormRoutes(
  desk: Desk,
  originals: Originals,
  show: (path: string, handler: CaseHandler) => void,
): void {
  const sideOf = ({ link }: OpenedLink) => officerOf(desk.world.settings, link.address).name;
  show("/mend", async (c, opened, path) => {
    const { state } = opened;
    const form = roomFor(state.form ?? EMPTY_FORM, Number(c.req.query("members") ?? 1) || 1);
    const original = await originalCard(desk, originals, state, path);
    const guard = desk.guard.field(c, path, "mend");
    const page = { path, guard, form, side: sideOf(opened), original };
    return desk.pages.html(<MendPage {...page} />);
  });
  show("/form", async (_, opened, path) => {
    const { state } = opened;
    const mendable = isOpen(state);
    const original = await originalCard(desk, originals, state, path);
    const page = { path, form: state.form ?? EMPTY_FORM, side: sideOf(opened), original, mendable };
    return desk.pages.html(<FormPage {...page} />);
  });
  show("/original.eml", (c, opened) => sendMail(desk, c, opened));
  show("/original/:file{[0-9]+}", (c, { state }) => originals.send(c, state));
  show("/original/:file{[0-9]+}/pages/:page{[0-9]+\\.png}", (c, { state }) => originals.sendPage(c, state));
}
