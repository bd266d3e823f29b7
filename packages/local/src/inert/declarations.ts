/** What a Pulumi provider declares that a resource, or a call for data, comes out with. */
import fs from "node:fs";
import path from "node:path";

/** A property of a declaration: `?` and `undefined` are left out of its type, and make it optional. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
}

/** Reads declarations of the providers that are installed with SST's platform. */
export type Declarations = ReturnType<typeof readDeclarations>;

/** `aws:dynamodb/table:Table`: the package, the module and the name of a resource type or a call. */
const tokenParts = /^([\w-]+):([\w./-]+):(\w+)$/;

/** Reads from the folder of SST's platform; a provider that is not there declares nothing. */
export function readDeclarations(platform: string) {
  const packages = path.join(platform, "node_modules");

  const texts = new Map<string, string>();

  /** The text of a file of a provider; a name like `../x` leads nowhere. */
  function textOf(provider: string, file: string): string {
    const pattern = `@*/${provider}/${file}`;
    const known = texts.get(pattern);
    if (known !== undefined) return known;
    const [found] = file.includes("..") ? [] : fs.globSync(pattern, { cwd: packages });
    const text = found === undefined ? "" : fs.readFileSync(path.join(packages, found), "utf8");
    texts.set(pattern, text);
    return text;
  }

  return {
    /** The outputs of a resource type or a call, by its token. */
    outputsOf(token: string): Member[] {
      const [, provider = "", module = "", name = ""] = tokenParts.exec(token) ?? [];
      const folder = module.replace(/^index\/?/, "");
      const text =
        textOf(provider, `${folder}.d.ts`) ||
        textOf(provider, path.join(folder, `${lowerFirst(name)}.d.ts`));
      const header = `(?:class ${name} extends|interface ${upperFirst(name)}Result) `;
      return membersIn(blockOf(text, "", header), "readonly ");
    },

    /** The members of a type that an output refers to, such as `outputs.acm.CertificateOptions`. */
    membersOf(token: string, type: string): Member[] {
      const [, provider = ""] = tokenParts.exec(token) ?? [];
      const [, ...names] = type.split(".");
      let text = textOf(provider, "types/output.d.ts");
      names.forEach((name, depth) => {
        const kind = depth < names.length - 1 ? "namespace" : "interface";
        text = blockOf(text, " {4}".repeat(depth), `${kind} ${name} `);
      });
      return membersIn(text, "");
    },
  };
}

/** The lines between a header, indented so, and the brace that closes it. */
function blockOf(text: string, indent: string, header: string): string {
  const block = new RegExp(
    `^${indent}(?:export )?(?:declare )?${header}.*\\{\\n([^]*?)^${indent}\\}`,
    "m",
  );
  return block.exec(text)?.[1] ?? "";
}

function membersIn(block: string, modifier: string): Member[] {
  const member = new RegExp(`^ +${modifier}(\\w+)(\\??): ((?:[^;{]|\\{[^}]*\\})*);`, "gm");
  return Array.from(block.matchAll(member), ([, name = "", mark, declared = ""]) => {
    const type = declared.replace(/^pulumi\.Output<([^]*)>$/, "$1");
    const isOptional = mark === "?" || type.endsWith(" | undefined");
    return { name, type: type.replace(/ \| undefined$/, ""), isOptional };
  });
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
const upperFirst = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
