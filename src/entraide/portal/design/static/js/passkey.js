// Passkeys: asks the server for its question, lets the device answer, hands the answer back.

const fromText = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
};

const toText = (buffer) => {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const withId = (one) => ({ ...one, id: fromText(one.id) });

// The newer `parse…FromJSON` and `toJSON` of browsers do the same; phones of a few years ago lack them.
function question({ publicKey }) {
  const asked = { ...publicKey, challenge: fromText(publicKey.challenge) };
  if (asked.user) asked.user = withId(asked.user);
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (asked[list]) asked[list] = asked[list].map(withId);
  }
  return asked;
}

function answer(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  return { id: credential.id, rawId: toText(credential.rawId), type: credential.type, response };
}

class Refused extends Error {}

// The page goes; nothing after this may run in it.
function leave(address) {
  location.assign(address);
  return new Promise(() => {});
}

async function send(form, address, body) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const reply = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" },
    body: JSON.stringify(body),
  });
  const isJson = (reply.headers.get("Content-Type") ?? "").startsWith("application/json");
  const found = isJson ? await reply.json() : {};
  // Refused for want of a fresh proof: the page that asks for one comes first.
  if (!reply.ok && found.next) return leave(found.next);
  if (!reply.ok || !isJson) throw new Refused(found.error ?? form.dataset.textFailed);
  return found;
}

const NAMED = {
  AbortError: "textCancelled",
  NotAllowedError: "textCancelled",
  InvalidStateError: "textKnown",
  SecurityError: "textAddress",
  NotSupportedError: "textUnable",
  ConstraintError: "textUnable",
  TypeError: "textOffline",
};

function words(form, error) {
  return error instanceof Refused ? error.message : form.dataset[NAMED[error.name] ?? "textFailed"];
}

async function walk(form) {
  const asked = question(await send(form, form.dataset.options, {}));
  const credential = form.dataset.passkey === "create"
    ? await navigator.credentials.create({ publicKey: asked })
    : await navigator.credentials.get({ publicKey: asked });
  const name = form.querySelector("[name=name]")?.value ?? "";
  const done = await send(form, form.dataset.finish, { credential: answer(credential), name, next: form.dataset.next ?? "" });
  await leave(done.next);
}

function start(form) {
  const said = form.querySelector("[data-passkey-said]");
  const button = form.querySelector("button");
  let isBusy = false;
  form.hidden = false;
  // Before the script of all forms: nothing is sent as a form here.
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    button.setAttribute("aria-disabled", "true");
    said.classList.remove("field__error");
    said.textContent = form.dataset.textWaiting;
    try {
      await walk(form);
    } catch (error) {
      said.classList.add("field__error");
      said.textContent = words(form, error);
    } finally {
      isBusy = false;
      button.removeAttribute("aria-disabled");
    }
  });
}

if (typeof PublicKeyCredential === "function" && navigator.credentials) {
  for (const form of document.querySelectorAll("[data-passkey]")) start(form);
  for (const note of document.querySelectorAll("[data-passkey-missing]")) note.hidden = true;
}
