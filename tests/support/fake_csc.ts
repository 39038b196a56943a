/**
 * A remote signing service (CSC API v2) on a port of its own, which keeps to the rules, or breaks them when told to.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { openP12 } from "../../lib/adapters/p12_file.ts";
import { certificate, vector } from "./pki_vectors.ts";
import { type DigestSignature, signDigest } from "./sign_digest.ts";

/** A key of `tests/fixtures/pki`. */
export type FakeCscKey = "rsa3072" | "ec256" | "ec384";

/** What the service says of its credential besides what the key is; takes the place of what is right. */
export type FakeCscOptions = {
  readonly key?: FakeCscKey;
  readonly form?: DigestSignature;
  /** Members of the answer of `credentials/info`. */
  readonly info?: Readonly<Record<string, unknown>>;
  /** The PIN that it asks for; null for none. */
  readonly pin?: string | null;
  /** Seconds that its tokens hold. */
  readonly tokenSeconds?: number;
};

/** What it was asked: the method, and what came with it. */
export type CscQuestion = { readonly method: string; readonly parameters: Readonly<Record<string, unknown>> };

/** Takes the place of one answer; null leaves the answer as it is. */
export type CscTrick = (question: CscQuestion, right: () => Promise<Response>) => Promise<Response> | null;

/** The service at work. */
export type FakeCsc = {
  /** Its address, as `SIGNER_URL` has it. */
  readonly url: string;
  readonly base: string;
  /** All questions, in order. */
  readonly asked: CscQuestion[];
  /** How often each method was asked. */
  count(method: string): number;
  /** What it does wrong from now on. */
  trick: CscTrick | null;
  close(): Promise<void>;
};

/** Who may ask. */
export const CSC_CLIENT = { id: "warifu", secret: "client-secret" };

const OF_KEY: Readonly<Record<FakeCscKey, { form: DigestSignature; algo: readonly string[] }>> = {
  rsa3072: { form: "rsa", algo: ["1.2.840.113549.1.1.11", "1.2.840.113549.1.1.10"] },
  ec256: { form: "ecdsa-raw", algo: ["1.2.840.10045.4.3.2"] },
  ec384: { form: "ecdsa-der", algo: ["1.2.840.10045.2.1"] },
};

/** Starts a service. */
export function fakeCsc(options: FakeCscOptions = {}): FakeCsc {
  const service = new Service(options);
  const csc: Omit<FakeCsc, "url" | "base"> = {
    asked: [],
    trick: null,
    count: (method) => csc.asked.filter((each) => each.method === method).length,
    close: () => server.shutdown(),
  };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const method = new URL(request.url).pathname.replace("/csc/v2/", "");
    const parameters = await parametersOf(request);
    csc.asked.push({ method, parameters });
    const right = () => Promise.resolve(service.answer(method, parameters, request.headers));
    return await (csc.trick?.({ method, parameters }, right) ?? right());
  });
  const base = `http://127.0.0.1:${server.addr.port}/csc/v2`;
  return Object.assign(csc, { base, url: `csc:${base}?credential=seal` });
}

async function parametersOf(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const text = await request.text();
  const isForm = request.headers.get("content-type") === "application/x-www-form-urlencoded";
  return isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
}

/** An answer in JSON. */
export function answering(status: number, body: unknown): Promise<Response> {
  return Promise.resolve(Response.json(body, { status }));
}

function refusing(error: string, error_description: string): Response {
  return Response.json({ error, error_description }, { status: 400 });
}

class Service {
  readonly #options: FakeCscOptions;
  readonly #pkcs8: Uint8Array<ArrayBuffer>;
  readonly #tokens = new Set<string>();
  /** Which hash a permission is for; it is used up by its signature. */
  readonly #permissions = new Map<string, string>();

  constructor(options: FakeCscOptions) {
    this.#options = options;
    this.#pkcs8 = openP12(vector(`${this.#key}.p12`), "test").pkcs8;
  }

  get #key(): FakeCscKey {
    return this.#options.key ?? "ec256";
  }

  answer(method: string, parameters: CscQuestion["parameters"], headers: Headers): Response {
    if (method === "oauth2/token") return this.#token(parameters);
    const [, token = ""] = /^Bearer (.+)$/.exec(headers.get("authorization") ?? "") ?? [];
    if (!this.#tokens.has(token)) return new Response(null, { status: 401 });
    if (parameters.credentialID !== "seal") {
      return refusing("invalid_request", "Invalid parameter credentialID");
    }
    switch (method) {
      case "credentials/info":
        return this.#info();
      case "credentials/authorize":
        return this.#authorize(parameters);
      case "signatures/signHash":
        return this.#signHash(parameters);
    }
    return new Response(null, { status: 404 });
  }

  #token({ grant_type, client_id, client_secret }: CscQuestion["parameters"]): Response {
    const isKnown = client_id === CSC_CLIENT.id && client_secret === CSC_CLIENT.secret;
    if (grant_type !== "client_credentials" || !isKnown) return refusing("invalid_client", "");
    const access_token = `token-${this.#tokens.size + 1}`;
    this.#tokens.add(access_token);
    return Response.json({
      access_token,
      token_type: "Bearer",
      expires_in: this.#options.tokenSeconds ?? 3600,
    });
  }

  #info(): Response {
    const { pin = "4321", info } = this.#options;
    const names = [this.#key, "int", "root"];
    const objects = pin === null ? [] : [{ type: "Password", id: "PIN", format: "N" }];
    return Response.json({
      key: { status: "enabled", algo: OF_KEY[this.#key].algo, len: 256 },
      cert: { status: "valid", certificates: names.map((name) => certificate(name).der.toBase64()) },
      auth: { mode: "explicit", expression: "PIN", objects },
      SCAL: "2",
      multisign: 1,
      ...info,
    });
  }

  #authorize({ hashes, numSignatures, authData }: CscQuestion["parameters"]): Response {
    const { pin = "4321" } = this.#options;
    if (pin !== null && JSON.stringify(authData) !== JSON.stringify([{ id: "PIN", value: pin }])) {
      return refusing("invalid_authentication_data", "The authentication data is invalid");
    }
    if (numSignatures !== 1 || !Array.isArray(hashes) || hashes.length !== 1) {
      return refusing("invalid_request", "Numbers of signatures is too high");
    }
    const SAD = crypto.randomUUID();
    this.#permissions.set(SAD, hashes[0]);
    return Response.json({ SAD, expiresIn: 60 });
  }

  #signHash({ SAD, hashes, signAlgo, signAlgoParams }: CscQuestion["parameters"]): Response {
    const [hash] = hashes as string[];
    const allowed = this.#permissions.get(String(SAD));
    this.#permissions.delete(String(SAD));
    if (allowed === undefined) return refusing("invalid_request", "Invalid parameter SAD");
    if (allowed !== hash) return refusing("invalid_request", "Hash is not authorized by the SAD");
    const isPss = signAlgo === "1.2.840.113549.1.1.10";
    if (isPss !== (signAlgoParams !== undefined)) {
      return refusing("invalid_request", "Missing (or invalid type) string parameter signAlgoParams");
    }
    return Response.json({ signatures: [this.sign(Buffer.from(hash ?? "", "base64"), isPss)] });
  }

  sign(digest: Uint8Array, isPss: boolean): string {
    const form = isPss ? "pss" : this.#options.form ?? OF_KEY[this.#key].form;
    return signDigest(this.#pkcs8, digest, form).toBase64();
  }
}
