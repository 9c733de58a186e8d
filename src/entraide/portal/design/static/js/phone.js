// The portal as an app: the worker that keeps the card for a moment without a network, the offer to install,
// the share sheet. Without this script the pages are the same, but for these.

const WORKER = "/sw.js";

async function keepNothing() {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}

async function keep() {
  await navigator.serviceWorker.register(WORKER, { scope: "/" });
  if (!document.querySelector("[data-keep-card]")) return;
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage("keep");
}

// A private window may refuse a worker: then there is none.
if ("serviceWorker" in navigator) {
  const work = "keepsNothing" in document.documentElement.dataset ? keepNothing : keep;
  work().catch(() => {});
}

// The browser says when the portal can be installed: a button appears where the page has a place for it.
window.addEventListener("beforeinstallprompt", (offer) => {
  const place = document.querySelector("[data-install]");
  if (!place) return;
  offer.preventDefault();
  place.hidden = false;
  place.querySelector("button").addEventListener("click", async () => {
    place.hidden = true;
    await offer.prompt();
  }, { once: true });
});

// A file or a few lines for the apps of the phone. The link beside the button does without.
class Share {
  constructor(button) {
    this.button = button;
    const { shareFile: address, shareName: name, shareType: type, shareTitle: title, shareText: text } = button.dataset;
    Object.assign(this, { address, name, type, title, text });
    if (!this.can()) return;
    (button.closest("[data-share-place]") ?? button).hidden = false;
    button.addEventListener("click", () => this.share());
  }

  can() {
    if (!navigator.canShare) return false;
    if (navigator.canShare({ files: [new File([""], this.name, { type: this.type })] })) return true;
    // This browser gives no such file to other apps: words do as well, where there are some.
    this.address = "";
    return Boolean(this.text);
  }

  async share() {
    try {
      await navigator.share(this.address ? { title: this.title, files: [await this.file()] } : { title: this.title, text: this.text });
    } catch (fault) {
      // Closing the sheet is no fault; for anything else the file itself comes.
      if (fault.name !== "AbortError" && this.address) location.assign(this.address);
    }
  }

  async file() {
    const answer = await fetch(this.address, { redirect: "error" });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return new File([await answer.blob()], this.name, { type: this.type });
  }
}

for (const button of document.querySelectorAll("[data-share-name]")) new Share(button);
