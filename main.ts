/**
 * Starts Warifu: the one place where parts are put together.
 *
 * @module
 */
import { Hono } from "hono";

const app = new Hono();
app.get("/healthz", (c) => c.text("ok"));
app.get("/readyz", (c) => c.text("ready"));

Deno.serve({ hostname: "127.0.0.1", port: 8000 }, app.fetch);
