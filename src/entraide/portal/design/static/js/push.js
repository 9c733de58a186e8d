// Asking the browser to ring when an answer waits: only when its owner presses the button.

const form = document.querySelector("[data-push]");
const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

function keyOf(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

async function subscribe() {
  const { pushManager } = await navigator.serviceWorker.ready;
  // One that was made under another key cannot be renewed.
  await (await pushManager.getSubscription())?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: keyOf(form.dataset.key) });
}

async function send(subscription) {
  const reply = await fetch(form.action, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
    body: JSON.stringify(subscription),
    redirect: "error",
  });
  const found = await reply.json();
  if (reply.ok) location.assign(found.next);
  else throw new Error(found.error);
}

async function ask(event) {
  event.preventDefault();
  const said = form.querySelector("[data-push-said]");
  said.textContent = "";
  if ((await Notification.requestPermission()) !== "granted") {
    said.textContent = form.dataset.textDenied;
    return;
  }
  let subscription;
  try {
    subscription = await subscribe();
    await send(subscription);
  } catch {
    // What the portal does not know of must not ring for anybody.
    await subscription?.unsubscribe();
    said.textContent = form.dataset.textFailed;
  }
}

if (form && can && !("keepsNothing" in document.documentElement.dataset)) {
  form.hidden = false;
  document.querySelector("[data-push-missing]").hidden = true;
  form.addEventListener("submit", ask);
}
