/**
 * House rules as lint rules: the core reads no ambient clock, randomness or I/O; flows drop no call to the
 * world; modules do not wait while they load.
 *
 * @module
 */

/** Everything but adapters, tasks and the composition. */
const CORE = /(?<!\/tests)\/(lib\/(?!adapters\/|tasks\/)|routes\/|islands\/)/;
/** Where modules are loaded by others; workers and tasks are programs of their own. */
const LOADED = /(?<!\/tests)\/(lib\/(?!tasks\/)|routes\/|islands\/)(?!.*_worker\.ts$)/;
const FLOWS = /\/lib\/flows\//;

/** Ports of the world whose calls are promises: one that nobody waits for may fail unheard. */
const PORTS = [
  "blobs",
  "consents",
  "mailer",
  "numbers",
  "reader",
  "renderer",
  "revocation",
  "signer",
  "store",
  "tsa",
];
/** Flows that change a case. */
const ACTS = ["act", "openCase"];

/** Assertions that have a strict twin. */
const LOOSE = ["equal", "deepEqual", "notEqual", "notDeepEqual"];

const within = (context: Deno.lint.RuleContext, area: RegExp): boolean =>
  area.test(context.filename.replaceAll("\\", "/"));

/** What stands inside the wrapping of `?.`, which Deno puts around each part. */
function unchained(node: Deno.lint.Node): Deno.lint.Node {
  return node.type === "ChainExpression" ? unchained(node.expression) : node;
}

/** The last name of `world.store` or `store`. */
function lastName(wrapped: Deno.lint.Node): string | null {
  const node = unchained(wrapped);
  if (node.type === "Identifier") return node.name;
  return node.type === "MemberExpression" && node.property.type === "Identifier" ? node.property.name : null;
}

/** Whether an expression is a call of one of a port's methods, or an act on a case. */
function reachesTheWorld(expression: Deno.lint.Node): boolean {
  const call = unchained(expression);
  if (call.type !== "CallExpression") return false;
  const callee = unchained(call.callee);
  if (callee.type === "Identifier") return ACTS.includes(callee.name);
  if (callee.type !== "MemberExpression") return false;
  return PORTS.includes(lastName(callee.object) ?? "");
}

const isFunction = (node: Deno.lint.Node): boolean =>
  ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"].includes(node.type);

/** Whether a node runs while its module loads. */
function atTopLevel(node: Deno.lint.Node): boolean {
  for (let at: Deno.lint.Node | undefined = node; at; at = "parent" in at ? at.parent as never : undefined) {
    if (isFunction(at)) return false;
  }
  return true;
}

const plugin: Deno.lint.Plugin = {
  name: "warifu",
  rules: {
    "no-ambient-world": {
      create(context) {
        if (!within(context, CORE)) return {};
        const report = (node: Deno.lint.Node, what: string) =>
          context.report({ node, message: `${what} is ambient: take it through a port` });
        return {
          "NewExpression[callee.name='Date'][arguments.length=0]"(node) {
            report(node as Deno.lint.Node, "new Date()");
          },
          "MemberExpression[object.name='Date'][property.name='now']"(node) {
            report(node as Deno.lint.Node, "Date.now");
          },
          "MemberExpression[object.name='Math'][property.name='random']"(node) {
            report(node as Deno.lint.Node, "Math.random");
          },
          "MemberExpression[object.name='crypto'][property.name=/^(getRandomValues|randomUUID)$/]"(node) {
            report(node as Deno.lint.Node, "crypto randomness");
          },
          "MemberExpression[object.name='Deno']"(node) {
            report(node as Deno.lint.Node, "Deno");
          },
        };
      },
    },
    "no-dropped-call": {
      create(context) {
        if (!within(context, FLOWS)) return {};
        return {
          ExpressionStatement({ expression }) {
            if (!reachesTheWorld(expression)) return;
            context.report({ node: expression, message: "Nobody waits for this call: await or return it" });
          },
        };
      },
    },
    // `equal` and `deepEqual` by name from `node:assert/strict` compare loosely on Deno 2.9: null equals undefined.
    "no-loose-assert": {
      create(context) {
        return {
          ImportDeclaration(node) {
            if (node.source.value !== "node:assert/strict") return;
            for (const each of node.specifiers) {
              if (each.type !== "ImportSpecifier" || each.imported.type !== "Identifier") continue;
              if (!LOOSE.includes(each.imported.name)) continue;
              context.report({ node: each, message: `${each.imported.name} is loose: take its strict twin` });
            }
          },
        };
      },
    },
    "no-top-level-await": {
      create(context) {
        if (!within(context, LOADED)) return {};
        const report = (node: Deno.lint.Node) => {
          if (atTopLevel(node)) context.report({ node, message: "A module that waits while it loads" });
        };
        return {
          AwaitExpression: report,
          "ForOfStatement[await=true]"(node) {
            report(node as Deno.lint.Node);
          },
        };
      },
    },
  },
};

export default plugin;
