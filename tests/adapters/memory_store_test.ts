import { memoryStore } from "../../lib/adapters/memory_store.ts";
import { storeConformance } from "../conformance/store.ts";

storeConformance("memory store", () => Promise.resolve(memoryStore()));
