/** The view that the address names: `#/requests/ID`. */
import { useEffect, useState } from "./hooks.ts";

const read = () => location.hash.replace(/^#\/?/, "").split("/").map(decode);

/** What is no encoding, which a user may have typed, names nothing. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The parts of the address's fragment. */
export function useRoute(): readonly string[] {
  const [route, setRoute] = useState(read());
  useEffect(() => {
    const update = () => setRoute(read());
    update();
    addEventListener("hashchange", update);
    return () => removeEventListener("hashchange", update);
  }, []);
  return route;
}

/** The address of a view. */
export const hrefOf = (...parts: readonly string[]) =>
  `#/${parts.map((part) => encodeURIComponent(part)).join("/")}`;
