/**
 * Signs users in by Cognito's JSON API, for the local cloud, which has no login page. On AWS a page
 * should not ask for passwords itself: delete this file and what imports it.
 */

/**
 * The ID token of a user.
 * @param {string} cognitoUrl
 * @param {string} clientId
 * @param {{ email: string, password: string }} user
 * @throws {Error} when the password is wrong, or Cognito asks for more.
 */
export async function signInByPassword(cognitoUrl, clientId, { email, password }, send = fetch) {
  const response = await send(cognitoUrl, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
    },
    body: JSON.stringify({
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: clientId,
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  });
  const { AuthenticationResult, ChallengeName, message } = await response.json();
  if (!response.ok) throw new Error(message);
  if (AuthenticationResult === undefined) {
    throw new Error(`Cognito asks for ${ChallengeName} first, which this page cannot answer.`);
  }
  return AuthenticationResult.IdToken;
}
