/**
 * What every handler has at hand.
 *
 * @module
 */
import type { Context } from "hono";
import type { World } from "../lib/flows/world.ts";
import type { FormGuard } from "./form_guard.ts";
import type { PageImages } from "./page_images.ts";
import type { Pages } from "./render.tsx";

/** The world with the parts that turn it into pages. */
export type Desk = {
  readonly world: World;
  readonly pages: Pages;
  readonly guard: FormGuard;
  readonly images: PageImages;
  /** The address of who asks, as far as it can be believed. */
  readonly clientOf: (c: Context) => string;
  /** The answer to a token that opens nothing: the same for all of them. */
  readonly noSuchLink: (c: Context) => Response;
};
