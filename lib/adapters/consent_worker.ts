/**
 * The worker that reads consent forms, in a child process: no network, nothing to write, and of the disk only the
 * CMaps.
 *
 * @module
 */
import type { ConsentMail } from "../forms/read_consent.ts";
import { readConsent } from "../forms/read_consent.ts";
import { readCMap } from "./cmap_files.ts";

/** What a worker knows of itself, as far as it is used here. */
type WorkerSelf = {
  onmessage: ((event: MessageEvent<ConsentMail>) => void) | null;
  postMessage(message: unknown): void;
  addEventListener(type: "unhandledrejection", take: (event: PromiseRejectionEvent) => void): void;
};

const scope = self as unknown as WorkerSelf;

// pdf.js forgets about promises of objects that a damaged file has not; what it does await says the same.
scope.addEventListener("unhandledrejection", (event) => event.preventDefault());

scope.onmessage = async (event) => {
  scope.postMessage(await readConsent(event.data, { cMap: readCMap }));
};

// The time of a form begins when all of this has loaded.
scope.postMessage("ready");
