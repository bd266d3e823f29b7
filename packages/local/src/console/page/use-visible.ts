/** Whether the user can see the page: another tab may be in front of it. */
import { useEffect, useState } from "./hooks.ts";

/** It is read again whenever that changes. */
export function useVisible(): boolean {
  const [isVisible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const update = () => setVisible(!document.hidden);
    // A page that was opened behind another is drawn, and has its effects, only once it is seen.
    update();
    document.addEventListener("visibilitychange", update);
    return () => document.removeEventListener("visibilitychange", update);
  }, []);
  return isVisible;
}
