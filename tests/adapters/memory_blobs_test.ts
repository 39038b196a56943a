import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import { blobsConformance } from "../conformance/blobs.ts";

blobsConformance(
  "memory blobs",
  (clock) => Promise.resolve({ blobs: memoryBlobs(clock), remove: () => Promise.resolve() }),
);
