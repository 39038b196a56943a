/**
 * Checks uploaded contracts by the policy and freezes them (R10, R13): what is sealed later is exactly what was
 * checked here.
 *
 * @module
 */
import type { ContractFile } from "../domain/case.ts";
import type { RefusalReason } from "../letters/letter_order.ts";
import { checkUpload } from "../pdf/check_upload.ts";
import type { UploadCheck } from "../pdf/upload_check.ts";
import type { Sha256 } from "../ports.ts";
import { type ExpectedText, textWarnings } from "./contract_text.ts";
import { textOf } from "./document_text.ts";
import { heedSignatures } from "./signed_before.ts";
import { fontsText, withDetail } from "./warning_detail.ts";
import type { World } from "./world.ts";

/** A file as it was handed in, stored. */
export type OfferedFile = { readonly filename: string; readonly blob: Sha256; readonly size: number };

/** Pages of one contract above which nobody reads. */
const MAX_PAGES = 2_000;
/** The files fit to be sealed, or all that is wrong with them. */
export type TakenFiles = { readonly files: readonly ContractFile[] } | {
  readonly problems: readonly RefusalReason[];
};

async function checkOne(world: World, offered: OfferedFile): Promise<UploadCheck> {
  const { maxPdfBytes } = world.settings.limits;
  if (offered.size > maxPdfBytes) return { ok: false, fault: "too_large" };
  const source = await world.blobs.open(offered.blob);
  try {
    return await heedSignatures(
      world,
      source,
      await checkUpload(source, { maxPdfBytes, maxPages: MAX_PAGES }),
    );
  } finally {
    source.close();
  }
}

async function takeOne(world: World, offered: OfferedFile): Promise<ContractFile | RefusalReason> {
  const check = await checkOne(world, offered);
  if (!check.ok) return { code: check.fault, about: offered.filename };
  const { pages, normalised } = check;
  const facts = { name: offered.filename, pages, warnings: codesOf(check) };
  if (!normalised) return { ...facts, sha256: offered.blob, size: offered.size, normalisedFrom: null };
  const { sha256, size } = await world.blobs.put(normalised);
  return { ...facts, sha256, size, normalisedFrom: offered.blob };
}

/** Codes of the warnings; that about fonts says which. */
function codesOf({ warnings, fonts }: Extract<UploadCheck, { ok: true }>): string[] {
  return warnings.map((code) => code === "fonts_not_embedded" ? withDetail(code, fontsText(fonts)) : code);
}

/** Checks all files; names that two share are kept apart by a number. */
export async function takeFiles(
  world: World,
  offered: readonly OfferedFile[],
  expected: ExpectedText,
): Promise<TakenFiles> {
  const files: ContractFile[] = [];
  const problems: RefusalReason[] = [];
  const texts: string[] = [];
  for (const file of withDistinctNames(offered)) {
    const taken = await takeOne(world, file);
    const text = "code" in taken ? null : await textOf(world, taken);
    if ("code" in taken) problems.push(taken);
    else if (text === null) problems.push({ code: "malformed", about: file.filename });
    else {
      files.push(taken);
      texts.push(text);
    }
  }
  if (problems.length > 0) return { problems };
  // The first PDF is the 契約書; a 覚書 beside it may say the rest.
  const warnings = textWarnings(texts.join("\n"), expected);
  return {
    files: files.map((file, index) =>
      index === 0 ? { ...file, warnings: [...file.warnings, ...warnings] } : file
    ),
  };
}

function withDistinctNames(offered: readonly OfferedFile[]): OfferedFile[] {
  const seen = new Map<string, number>();
  return offered.map((file) => {
    const count = (seen.get(file.filename) ?? 0) + 1;
    seen.set(file.filename, count);
    if (count === 1) return file;
    return { ...file, filename: file.filename.replace(/(\.pdf)?$/i, `（${count}）$1`) };
  });
}
