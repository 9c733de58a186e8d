// On the page "no network": says what is true of this phone, in whichever language it is read.

// Where the worker sends who signs out without a network.
const LEAVING = "/deconnexion/";
const CARD = "/carte/hors-ligne/";

async function situation() {
  if (location.pathname === LEAVING) return "left";
  try {
    return (await caches.match(CARD)) ? "card" : "no-card";
  } catch {
    return "no-card";
  }
}

const found = await situation();
for (const words of document.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== found;
