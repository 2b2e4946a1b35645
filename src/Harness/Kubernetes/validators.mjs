// The compiled validators of the packages kubernetes-models and @kubernetes-models/*. Those of a few kinds are two hundred small files, and to find and
// compile them takes longer than all they do afterwards: the ones that were used before are kept in one file with their compiled code, which takes a quarter.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Script } from "node:vm";

const sources = ["kubernetes-models", "@kubernetes-models/apimachinery", "@kubernetes-models/argo-cd", "@kubernetes-models/prometheus-operator"];

/** A map of functions, one for each file, as Node.js makes them of CommonJS. */
const bundle = (files) => `({\n${files.map(([name, text]) => `${JSON.stringify(name)}: (exports, require, module) => {${text}\n}`).join(",\n")}\n})`;

export class Validators {
  #packages;
  #cache;
  #besides;
  #label;
  #functions = {};
  #modules = new Map();
  #isKept = false;

  /**
   * @param packages The folder node_modules.
   * @param cache The folder of the file.
   * @param besides What modules find in place of other packages, by name.
   */
  constructor(packages, cache, besides) {
    [this.#packages, this.#cache, this.#besides] = [packages, cache, besides];
    const fetched = sources.map((name) => readFileSync(join(packages, name, ".causeway-sha256"), "utf8").slice(0, 16));
    this.#label = `// ${[process.version, process.arch, ...fetched].join(" ")} `;
    this.#restore();
  }

  /** What a file of the packages exports; undefined where there is no such file. */
  load(file) {
    if (!(file in this.#functions)) {
      if (!existsSync(join(this.#packages, file))) return undefined;
      Object.assign(this.#functions, new Script(bundle([[file, readFileSync(join(this.#packages, file), "utf8")]])).runInThisContext());
      this.#isKept = false;
    }
    if (!this.#modules.has(file)) {
      const module = { exports: {} };
      const require = (name) => this.#besides.get(name) ?? this.load(name.startsWith(".") ? join(dirname(file), name) : `${name}.js`);
      this.#modules.set(file, module);
      this.#functions[file](module.exports, require, module);
    }
    return this.#modules.get(file).exports;
  }

  /** Keeps everything that was loaded, unless it is. Functions are compiled when they are called first, so `use` calls those that are wanted. */
  keep(use) {
    if (this.#isKept) return;
    const source = bundle(Object.keys(this.#functions).map((file) => [file, readFileSync(join(this.#packages, file), "utf8")]));
    const whole = new Script(source, { filename: "validators.js" });
    this.#functions = whole.runInThisContext();
    this.#modules.clear();
    use();
    const text = Buffer.from(source);
    const unfinished = join(this.#cache, `validators-${process.pid}`);
    mkdirSync(this.#cache, { recursive: true });
    writeFileSync(unfinished, Buffer.concat([Buffer.from(`${this.#label}${text.length}\n`), text, whole.createCachedData()]));
    renameSync(unfinished, this.#kept); // whole, or not at all
  }

  get #kept() {
    return join(this.#cache, "validators.bin");
  }

  // One line that says what it was made from and how long the text is, the text, and V8's code for it, which V8 refuses if it is another V8's.
  #restore() {
    if (!existsSync(this.#kept)) return;
    const content = readFileSync(this.#kept);
    const start = content.indexOf("\n") + 1;
    const head = content.toString("utf8", 0, start);
    if (!head.startsWith(this.#label)) return;
    const end = start + Number(head.slice(this.#label.length));
    const whole = new Script(content.toString("utf8", start, end), { cachedData: content.subarray(end), filename: "validators.js" });
    this.#functions = whole.runInThisContext();
    this.#isKept = !whole.cachedDataRejected;
  }
}
