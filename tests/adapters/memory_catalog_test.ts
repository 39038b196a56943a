import { memoryCatalog } from "../../lib/adapters/memory_catalog.ts";
import { catalogConformance } from "../conformance/catalog.ts";

catalogConformance("memory catalog", () => Promise.resolve(memoryCatalog()));
