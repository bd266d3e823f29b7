/** Whether a module is the one that Node was started with. */
import fs from "node:fs";

/** In place of `import.meta.main`, which Node has since 24.2: npm has 24.0 for Apple silicon. */
export const isMain = ({ filename }: ImportMeta): boolean =>
  fs.realpathSync(process.argv[1] ?? ".") === filename;
