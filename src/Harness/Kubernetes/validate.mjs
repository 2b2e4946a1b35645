// Validates Kubernetes objects: what is missing or of the wrong type (validators of the packages kubernetes-models), values that are null, which are
// templates that came out empty, and in the kinds of Argo CD and of Prometheus' operator what does not exist (the declarations of their packages: the
// validators let unknown fields pass; in Kubernetes' own kinds, and in all metadata, KubernetesClient finds them).
//   node validate.mjs <node_modules> <cache> < objects.json    →    [{ "object": 0, "field": "/spec/x", "message": "…" }, …]
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Validators } from "./validators.mjs";

const [packages, cache] = process.argv.slice(2).map((path) => resolve(path));

// The validators take their formats from a package with a dozen dependencies. These are the ones they use.
const integer = (low, high) => ({ validate: (value) => Number.isInteger(value) && value >= low && value <= high });
const formats = {
  int32: integer(-(2 ** 31), 2 ** 31 - 1),
  int64: integer(-(2 ** 63), 2 ** 63),
  double: { validate: Number.isFinite },
  byte: { validate: (text) => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) },
  quantity: { validate: /^[+-]?(\d+|\d+\.\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/ },
  "date-time": { validate: (text) => !Number.isNaN(Date.parse(text)) },
};
const besides = new Map([
  ["@kubernetes-models/validate", { formats }],
  ["@kubernetes-models/validate/runtime/ucs2length", (text) => [...text].length],
  ["@kubernetes-models/validate/runtime/re2", class extends RegExp {
    constructor(pattern, flags) {
      super(pattern.replace("(?i)", ""), pattern.includes("(?i)") ? `${flags}i` : flags);
    }
  }],
  ["@swc/helpers/_/_interop_require_default", { _: (module) => (module?.__esModule ? module : { default: module }) }], // of a compiler
]);
const validators = new Validators(packages, cache, besides);

const capital = (text) => text[0].toUpperCase() + text.slice(1);

// Groups that are not Kubernetes' own, with the package that declares their kinds.
const others = new Map([["argoproj.io", "argo-cd"], ["monitoring.coreos.com", "prometheus-operator"]]);

/** The validator of an object's kind, or undefined where the packages know no such kind. */
function validatorOf({ apiVersion, kind }) {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["core", apiVersion];
  const file = others.has(group)
    ? join("@kubernetes-models", others.get(group), "_schemas", `${group.split(".").map(capital).join("")}${capital(version)}${kind}.js`)
    : join("kubernetes-models", "_schemas", `IoK8sApi${capital(group.split(".")[0])}${capital(version)}${kind}.js`);

  return validators.load(file)?.validate;
}

/**
 * The type of a kind of another group, as declared: one interface has all of it. A type is { fields }, { items }, { values } or {}, which is anything.
 */
function declared(group, version, kind) {
  const text = readFileSync(join(packages, "@kubernetes-models", others.get(group), group, version, `${kind}.d.ts`), "utf8");
  const start = text.indexOf(`export interface I${kind} {`) + `export interface I${kind} `.length;
  const end = text.indexOf("\nexport ", start);
  const tokens = text.slice(start, end).replaceAll(/\/\*[^]*?\*\//g, "").match(/"[^"]*"|[\w$]+|[{}<>[\]:;?|]/g);
  let at = 0;

  const skip = (...expected) => {
    for (const token of expected) if (tokens[at++] !== token) throw new Error(`${kind}.d.ts: ${token} expected before ${tokens.slice(at, at + 5).join(" ")}`);
  };
  const one = () => {
    const token = tokens[at++];
    if (token === "Array") {
      skip("<");
      const items = type();
      skip(">");
      return { items };
    }
    if (token !== "{") return {};
    if (tokens[at] === "}") return at++, {};
    if (tokens[at] === "[") {
      skip("[", "key", ":", "string", "]", ":");
      const values = type();
      skip(";", "}");
      return { values };
    }
    const fields = new Map();
    while (tokens[at] !== "}") {
      const name = JSON.parse(tokens[at++]);
      if (tokens[at] === "?") at++;
      skip(":");
      fields.set(name, type());
      skip(";");
    }
    at++;
    return { fields };
  };
  const type = () => {
    const first = one();
    while (tokens[at] === "|") at++, one();
    return first;
  };

  return type();
}

const types = new Map();

/** The type of an object's kind; of Kubernetes' own, it says nothing. */
function typeOf({ apiVersion, kind }) {
  const [group, version] = apiVersion.split("/");
  if (!others.has(group)) return {};
  const name = `${apiVersion} ${kind}`;
  if (!types.has(name)) types.set(name, declared(group, version, kind));

  return types.get(name);
}

/** Fields of `value` that its type has not, and values that are null. */
function* unexpected(value, { fields, items = {}, values = {} }, field) {
  if (value === null) {
    yield { field, message: "is empty" };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* unexpected(item, items, `${field}/${index}`);
  } else if (typeof value === "object") {
    for (const [name, inner] of Object.entries(value)) {
      const place = `${field}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      if (!fields || fields.has(name)) yield* unexpected(inner, fields?.get(name) ?? values, place);
      else yield { field: place, message: `is not a field here; there are ${[...fields.keys()].join(", ")}` };
    }
  }
}

function describe({ keyword, params }) {
  switch (keyword) {
    case "required": return `lacks ${params.missingProperty}`;
    case "type": return `should be ${params.type}`;
    case "enum": return `should be one of ${params.allowedValues.join(", ")}`;
    case "format": return `should be ${params.format}`;
    default: return `breaks ${keyword} ${JSON.stringify(params)}`;
  }
}

/** What is wrong at each place: a value of which several types are allowed has a fault for each, and one for all. */
function* described(errors) {
  const either = new Set(errors.filter(({ keyword }) => keyword === "oneOf" || keyword === "anyOf").map(({ instancePath }) => instancePath));
  for (const place of either) {
    const types = errors.filter(({ instancePath, keyword }) => instancePath === place && (keyword === "type" || keyword === "format"));
    yield { field: place, message: types.map(describe).join(" or ").replaceAll(" or should be ", " or ") || "fits nothing that is allowed here" };
  }
  for (const error of errors) if (!either.has(error.instancePath)) yield { field: error.instancePath, message: describe(error) };
}

function* faultsOf(value) {
  if (typeof value?.apiVersion !== "string" || typeof value?.kind !== "string") {
    yield { field: "", message: "lacks apiVersion or kind" };
    return;
  }

  const validate = validatorOf(value);
  if (!validate) {
    yield { field: "/kind", message: `${value.apiVersion} ${value.kind} is a kind that nothing here can check` };
    return;
  }

  if (!validate(value)) yield* described(validate.errors);
  yield* unexpected(value, typeOf(value), "");
}

const objects = JSON.parse(readFileSync(0, "utf8"));
const faults = () => objects.flatMap((value, object) => [...faultsOf(value)].map((fault) => ({ object, ...fault })));
console.log(JSON.stringify(faults()));
validators.keep(faults);
