// Validates Kubernetes objects strictly: what is missing or of the wrong type (validators of the packages kubernetes-models), what does not
// exist (field lists of @kubernetes/client-node, and declarations of @kubernetes-models/argo-cd; the validators let unknown fields pass), and
// values that are null, which are templates that came out empty.
//   node validate.mjs <node_modules> < objects.json    →    [{ "object": 0, "field": "/spec/x", "message": "…" }, …]
import { existsSync, readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const packages = resolve(process.argv[2]);
const require = createRequire(join(packages, "index.js"));

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
const load = Module._load;
Module._load = (name, ...rest) => (name === "@kubernetes-models/validate" ? { formats } : load(name, ...rest));

const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** The validator of an object's kind, or undefined where the package knows no such kind. */
function validatorOf({ apiVersion, kind }) {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["core", apiVersion];
  const file = group === argo
    ? join(packages, "@kubernetes-models", "argo-cd", "_schemas", `ArgoprojIo${capital(version)}${kind}.js`)
    : join(packages, "kubernetes-models", "_schemas", `IoK8sApi${capital(group.split(".")[0])}${capital(version)}${kind}.js`);

  return existsSync(file) ? require(file).validate : undefined;
}

// Argo CD's objects are declared whole: one interface for each kind, with the types of its fields in it.
const argo = "argoproj.io";
const declarationOf = (version, kind) => join(packages, "@kubernetes-models", "argo-cd", argo, version, `${kind}.d.ts`);

/** The fields of one of Argo CD's kinds, as `fieldsOf` gives them; the fields of a type within it are kept under the type's own text. */
function declared(version, kind) {
  const text = readFileSync(declarationOf(version, kind), "utf8").replaceAll(/\/\*[^]*?\*\//g, "");
  const tokens = text.slice(text.indexOf(`export interface I${kind} {`) + `export interface I${kind} `.length)
    .match(/"[^"]*"|[\w$]+|[{}<>[\]:;?|]/g);
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
      return `Array<${items}>`;
    }
    if (token !== "{") return token === "IObjectMeta" ? "V1ObjectMeta" : token;
    if (tokens[at] === "}") return at++, "any";
    if (tokens[at] === "[") {
      skip("[", "key", ":", "string", "]", ":");
      const values = type();
      skip(";", "}");
      return `{ [key: string]: ${values}; }`;
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
    const name = `a part of ${kind} with ${[...fields.keys()].join(", ")}`;
    models.set(name, fields);
    return name;
  };
  const type = () => {
    const first = one();
    while (tokens[at] === "|") at++, one();
    return first;
  };

  return models.get(type());
}

const models = new Map();

/** The fields of a model of client-node, by name, each with its type; undefined where there is no such model. */
async function fieldsOf(model) {
  if (!models.has(model)) {
    const file = join(packages, "@kubernetes", "client-node", "dist", "gen", "models", `${model}.js`);
    const fields = existsSync(file) ? (await import(pathToFileURL(file)))[model].attributeTypeMap : undefined;
    models.set(model, fields && new Map(fields.map((field) => [field.baseName, field.type])));
  }

  return models.get(model);
}

/** Fields of `value` that its type has not, and values that are null. `type` is client-node's: V1X, Array<V1X>, { [key: string]: V1X; }, string, … */
async function* unexpected(value, type, field) {
  if (value === null) {
    yield { field, message: "is empty" };
  } else if (Array.isArray(value)) {
    const items = /^Array<(.*)>$/.exec(type)?.[1] ?? "any";
    for (const [index, item] of value.entries()) yield* unexpected(item, items, `${field}/${index}`);
  } else if (typeof value === "object") {
    const values = /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];
    const fields = values || type === "any" ? undefined : await fieldsOf(type);
    if (!fields && !values && type !== "any") yield { field, message: `should be ${type}, not an object` };
    for (const [name, inner] of Object.entries(value)) {
      const innerType = fields ? fields.get(name) : (values ?? "any");
      if (innerType) yield* unexpected(inner, innerType, `${field}/${name}`);
      else yield { field: `${field}/${name}`, message: "is not a field of " + type };
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

const faults = [];
for (const [object, value] of JSON.parse(readFileSync(0, "utf8")).entries()) {
  const report = (field, message) => faults.push({ object, field, message });
  if (typeof value?.apiVersion !== "string" || typeof value?.kind !== "string") {
    report("", "lacks apiVersion or kind");
    continue;
  }

  const validate = validatorOf(value);
  const [group, version] = value.apiVersion.split("/");
  const model = (group === argo ? `${argo} ` : "") + capital(value.apiVersion.split("/").at(-1)) + value.kind;
  if (group === argo && validate && !models.has(model)) models.set(model, declared(version, value.kind));
  if (!validate || !(await fieldsOf(model))) {
    report("/kind", `${value.apiVersion} ${value.kind} is a kind that nothing here can check`);
    continue;
  }

  if (!validate(value)) for (const error of validate.errors) report(error.instancePath, describe(error));
  for await (const { field, message } of unexpected(value, model, "")) report(field, message);
}

console.log(JSON.stringify(faults));
