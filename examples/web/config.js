/**
 * What the page knows of the stage: config.json, which `npm run web` makes from the stage's outputs.
 *
 * @typedef {object} Pool A user pool and what its users may call.
 * @property {number} number
 * @property {string} clientId
 * @property {string} loginUrl The address below which the login pages are, without a slash at its end.
 * @property {{ method: string, path: string, example: object }} route With a body that it takes.
 *
 * @typedef {object} Config
 * @property {string} apiUrl Without a slash at its end.
 * @property {readonly Pool[]} pools
 */

/** @returns {Promise<Config>} */
export async function loadConfig() {
  const response = await fetch("config.json");
  if (!response.ok) throw new Error("There is no config.json beside this page.");
  return response.json();
}
