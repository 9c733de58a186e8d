// On the page "no network": says what is true of this phone, in whichever language it is read.

// Where the worker sends who signs out without a network.
const LEAVING = "/deconnexion/";
const CARD_STORE = "card";

async function situation() {
  if (location.pathname === LEAVING) return "left";
  try {
    const store = await caches.open(CARD_STORE);
    return (await store.keys()).length > 0 ? "card" : "no-card";
  } catch {
    return "no-card";
  }
}

const found = await situation();
for (const words of document.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== found;
