/**
 * Hands out a file of a case, and has it recorded who took it. Asking for its further parts is no opening of its
 * own, nor is asking what it would be (HEAD).
 *
 * @module
 */
import type { Context } from "hono";
import type { Case, FileId } from "../lib/domain/case.ts";
import { type Opener, recordOpening } from "../lib/flows/record_opening.ts";
import type { Desk } from "./desk.ts";
import { type AnsweredFile, fileAnswer } from "./file_answer.ts";

/** Whether an answer begins a file: whole, as the reader has it already, or in parts from the first byte on. */
function begins({ method }: Request, { status, headers }: Response): boolean {
  if (method !== "GET") return false;
  return status === 200 || status === 304 || (headers.get("content-range") ?? "").startsWith("bytes 0-");
}

/** The answer with the file, once its opening is in the history. Throws `PortError`. */
export async function handedOut(
  desk: Desk,
  c: Context,
  opened: { readonly link: Opener; readonly state: Case },
  { id, file, round }: { readonly id: FileId; readonly file: AnsweredFile; readonly round?: number },
): Promise<Response> {
  const answer = await fileAnswer(desk.world.blobs, c.req.raw, file);
  if (!begins(c.req.raw, answer)) return answer;
  try {
    await recordOpening(desk.world, opened, {
      file: id,
      what: file.download ? "download" : "view",
      ...round !== undefined && { round },
    });
    return answer;
  } catch (error) {
    await answer.body?.cancel();
    throw error;
  }
}
