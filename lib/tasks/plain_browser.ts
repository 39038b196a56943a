/**
 * The simplest browser there can be: it follows links, keeps cookies, and fills in and sends the forms of a
 * page by the words on their buttons. What works in it works without JavaScript.
 *
 * @module
 */
import { type HTMLElement, parse } from "node-html-parser";

/** A page as it came: where it was found, its status, and what it holds. */
export type PlainPage = {
  readonly url: string;
  readonly status: number;
  readonly html: string;
};

/** Values for a form's fields, by name; a file goes as `File`. */
export type FieldValues = Readonly<Record<string, string | File | readonly File[]>>;

const squeeze = (text: string) => text.replace(/\s+/g, "");

/** Keeps one person's cookies and where that person is. */
export class PlainBrowser {
  readonly #cookies = new Map<string, string>();
  #page: PlainPage | null = null;

  /** The page it stands on. Throws `Error` before the first visit. */
  get page(): PlainPage {
    if (!this.#page) throw new Error("Cannot read the page: nothing was opened yet");
    return this.#page;
  }

  /** Opens an address. */
  open(url: string): Promise<PlainPage> {
    return this.#fetch(url, { method: "GET" });
  }

  /** Whether the page has a button or link of these words. */
  offers(words: string): boolean {
    return this.#control(words) !== null;
  }

  /**
   * Presses the button, or follows the link, of these words, with `values` in the form's fields. Ticks that the
   * form requires are set. Throws `Error` when the page has no such button.
   */
  press(words: string, values: FieldValues = {}): Promise<PlainPage> {
    const control = this.#control(words);
    if (!control) throw new Error(`Cannot press "${words}": the page has no such button`);
    if (control.tagName === "A") {
      return this.open(new URL(control.getAttribute("href") ?? "", this.page.url).href);
    }
    const form = control.closest("form");
    if (!form) throw new Error(`Cannot press "${words}": the button stands in no form`);
    return this.#submit(form, control, values);
  }

  /** The files that the page offers to save: where they are and what they are called. */
  downloads(): { readonly href: string; readonly download: string }[] {
    return parse(this.page.html).querySelectorAll("a[download]").map((link) => ({
      href: new URL(link.getAttribute("href") ?? "", this.page.url).href,
      download: link.getAttribute("download") ?? "",
    }));
  }

  #control(words: string): HTMLElement | null {
    const controls = parse(this.page.html).querySelectorAll("button, a");
    return controls.find((control) => squeeze(control.textContent) === squeeze(words)) ?? null;
  }

  #submit(form: HTMLElement, button: HTMLElement, values: FieldValues): Promise<PlainPage> {
    const data = new FormData();
    for (const field of form.querySelectorAll("input, textarea, select")) {
      const name = field.getAttribute("name");
      if (name && !(name in values)) addPreset(data, name, field);
    }
    for (const [name, value] of Object.entries(values)) {
      for (const each of Array.isArray(value) ? value : [value]) data.append(name, each as string | File);
    }
    const name = button.getAttribute("name");
    if (name) data.append(name, button.getAttribute("value") ?? "");
    const action = new URL(
      button.getAttribute("formaction") ?? form.getAttribute("action") ?? "",
      this.page.url,
    );
    if ((form.getAttribute("method") ?? "get").toLowerCase() === "get") {
      for (const [key, value] of data) action.searchParams.set(key, String(value));
      return this.open(action.href);
    }
    const multipart = form.getAttribute("enctype") === "multipart/form-data";
    const body = multipart
      ? data
      : new URLSearchParams([...data].map(([key, value]) => [key, String(value)]));
    return this.#fetch(action.href, { method: "POST", body, headers: { origin: "null" } });
  }

  async #fetch(url: string, init: RequestInit): Promise<PlainPage> {
    const headers = new Headers(init.headers);
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (cookie) headers.set("cookie", cookie);
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      this.#cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
    }
    const location = response.headers.get("location");
    if (location && response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      return this.open(new URL(location, url).href);
    }
    const html = await response.text();
    this.#page = { url, status: response.status, html };
    return this.#page;
  }
}

function addPreset(data: FormData, name: string, field: HTMLElement): void {
  const type = field.getAttribute("type") ?? "text";
  if (field.tagName === "SELECT") {
    const chosen = field.querySelector("option[selected]") ?? field.querySelector("option");
    data.append(name, chosen?.getAttribute("value") ?? "");
  } else if (type === "checkbox" || type === "radio") {
    const set = field.hasAttribute("checked") || field.hasAttribute("required");
    const taken = type === "radio" && data.has(name);
    if (set && !taken) data.append(name, field.getAttribute("value") ?? "on");
  } else if (type !== "file" && type !== "submit" && type !== "button") {
    data.append(name, field.tagName === "TEXTAREA" ? field.textContent : field.getAttribute("value") ?? "");
  }
}
