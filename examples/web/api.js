/**
 * Calls the API.
 *
 * @import { Pool } from "./config.js"
 *
 * @typedef {object} Answer What to show of an answer.
 * @property {string} title
 * @property {string} [detail]
 * @property {{ field: string, message: string }[]} [errors] What is wrong with which field.
 */

/**
 * Sends a name to a route; what else its body must have is as in the route's example.
 * @param {{ apiUrl: string, route: Pool["route"], idToken: string, name: string }} greeting
 * @returns {Promise<Answer>}
 */
export async function sendName({ apiUrl, route, idToken, name }, send = fetch) {
  const response = await send(`${apiUrl}${route.path}`, {
    method: route.method,
    headers: { Authorization: `Bearer ${idToken}`, "Content-Type": "application/json" },
    body: JSON.stringify({ ...route.example, name }),
  });
  const body = await response.json().catch(() => undefined);
  if (!response.ok) return readProblem(response.status, body);
  return { title: "Greeted", detail: textOf(body?.message) };
}

/**
 * What to show of a problem document (RFC 9457); of another answer, its status.
 * @param {number} status
 * @param {any} body
 * @returns {Answer}
 */
export function readProblem(status, body) {
  const errors = Array.isArray(body?.errors) ? body.errors : [];
  return {
    title: textOf(body?.title) || `HTTP status ${status}`,
    detail: textOf(body?.detail),
    errors: errors.map((/** @type {any} */ error) => ({
      field: textOf(error?.field),
      message: textOf(error?.message),
    })),
  };
}

/** @param {unknown} value */
const textOf = (value) => (typeof value === "string" ? value : "");
