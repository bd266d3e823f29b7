/**
 * The page: what it shows, and what its buttons do.
 *
 * @import { Config, Pool } from "./config.js"
 * @import { Answer } from "./api.js"
 */
import { sendName } from "./api.js";
import { loadConfig } from "./config.js";
import { claimsOf, millisecondsLeft } from "./id-token.js";
import { completeSignIn, loginAddress, logoutAddress } from "./sign-in-by-login-page.js";

const page = {
  signIn: element("sign-in", HTMLFormElement),
  pool: element("pool", HTMLSelectElement),
  signedIn: element("signed-in", HTMLElement),
  user: element("user", HTMLParagraphElement),
  greet: element("greet", HTMLFormElement),
  name: element("name", HTMLInputElement),
  signOut: element("sign-out", HTMLButtonElement),
  answer: element("answer", HTMLDivElement),
};

const tab = {
  redirectUri: location.origin + location.pathname,
  storage: sessionStorage,
  send: request,
};

/** @type {Config} */
let config;

/**
 * The signed-in user. The token is here and nowhere else: it is gone when the page is left.
 * @type {{ pool: Pool, idToken: string } | undefined}
 */
let session;
let expiryTimer = 0;

/** Shows the page, and completes a sign-in from which the login page leads back here. */
async function start() {
  const query = new URLSearchParams(location.search);
  // A code stays in no history.
  history.replaceState(null, "", tab.redirectUri);
  config = await loadConfig();
  for (const { number, route } of config.pools) {
    page.pool.append(new Option(`${number}: ${route.method} ${route.path}`, String(number)));
  }
  endSession();
  const signedIn = await completeSignIn(query, config.pools, tab);
  if (signedIn !== undefined) beginSession(signedIn);
}

async function signIn() {
  location.assign(await loginAddress(chosenPool(), tab));
}

async function greet() {
  if (session === undefined) return;
  const { pool, idToken } = session;
  const greeting = { apiUrl: config.apiUrl, route: pool.route, idToken, name: page.name.value };
  show(await sendName(greeting, request));
}

async function signOut() {
  const pool = session?.pool;
  endSession();
  if (pool !== undefined) location.assign(logoutAddress(pool, tab.redirectUri));
}

/** @param {{ pool: Pool, idToken: string }} signedIn */
function beginSession({ pool, idToken }) {
  const claims = claimsOf(idToken);
  const until = new Date(claims.exp * 1000).toLocaleTimeString();
  session = { pool, idToken };
  expiryTimer = setTimeout(
    () => endSession("The token has expired. Sign in again."),
    millisecondsLeft(claims),
  );
  page.user.textContent = `${claims.email ?? "You"}, pool ${pool.number}. The token expires at ${until}.`;
  page.signIn.hidden = true;
  page.signedIn.hidden = false;
  show({ title: "" });
}

function endSession(reason = "") {
  session = undefined;
  clearTimeout(expiryTimer);
  page.signIn.hidden = false;
  page.signedIn.hidden = true;
  show({ title: reason });
}

/** @returns {Pool} */
function chosenPool() {
  const pool = config.pools.find(({ number }) => String(number) === page.pool.value);
  if (pool === undefined) throw new Error("The stage has no route that takes a name.");
  return pool;
}

/**
 * Shows an answer as text: what others wrote is never taken for HTML.
 * @param {Answer} answer
 */
function show({ title, detail = "", errors = [] }) {
  const lines = errors.map(({ field, message }) => `${field}: ${message}`);
  const paragraphs = [title, detail, ...lines].map((text) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    return paragraph;
  });
  page.answer.replaceChildren(...paragraphs);
}

/**
 * Sends a request; a browser does not say why there is no answer.
 * @type {typeof fetch}
 */
async function request(input, init) {
  try {
    return await fetch(input, init);
  } catch (cause) {
    const { origin } = new URL(input instanceof Request ? input.url : input);
    throw new Error(
      `No answer from ${origin}. Does it run, and is ${location.origin} the stage's corsOrigin?`,
      { cause },
    );
  }
}

/**
 * The element of index.html with this id.
 * @template {HTMLElement} E
 * @param {string} id
 * @param {new () => E} type
 */
function element(id, type) {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`index.html has no ${type.name} with the id ${id}.`);
}

/**
 * Runs a step of the page, and shows what fails in it.
 * @param {() => Promise<void>} step
 */
async function run(step) {
  try {
    await step();
  } catch (error) {
    show({ title: "That failed", detail: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * @param {HTMLElement} source
 * @param {"click" | "submit"} type
 * @param {() => Promise<void>} step
 */
function on(source, type, step) {
  source.addEventListener(type, (event) => {
    event.preventDefault();
    void run(step);
  });
}

on(page.signIn, "submit", signIn);
on(page.greet, "submit", greet);
on(page.signOut, "click", signOut);
page.pool.addEventListener("change", () => endSession());
await run(start);
