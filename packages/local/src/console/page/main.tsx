/** Starts the page. */
import { render } from "hono/jsx/dom";
import { App } from "./app.tsx";

const root = document.querySelector("#page");
if (root instanceof HTMLElement) render(<App />, root);
