// Call Haren's API from a component, and return its answer or a sentence for the user.

const TIMEOUT = 15_000;

// Return { data }, or { error, field, status } where the request failed. `words` has the sentences for when no server
// answers.
export async function callApi(url, { method = "GET", body, person = "", claim = "" }, words) {
  const headers = { "Accept-Language": document.documentElement.lang, "Haren-Person": person };
  if (body) headers["Content-Type"] = "application/json";
  if (claim) headers["Haren-Claim"] = claim;
  try {
    const request = { method, headers, body: body && JSON.stringify(body), signal: AbortSignal.timeout(TIMEOUT) };
    return await readAnswer(await fetch(url, request), words);
  } catch {
    return { error: words.offline, field: "", status: 0 };
  }
}

async function readAnswer(response, words) {
  const data = await response.json();
  if (response.ok) return { data };
  if (response.status === 401) return { error: words.signedOut, field: "", status: 401 };
  return { error: data.detail ?? words.offline, field: data.field ?? "", status: response.status };
}
