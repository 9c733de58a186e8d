// Header, menu and news: quicker with this script, whole without it.

import { drawing } from "./sprite.js";

const groups = [...document.querySelectorAll(".menu__group")];

function closeGroups(except) {
  for (const group of groups) if (group !== except) group.open = false;
}

for (const group of groups) {
  group.addEventListener("toggle", () => { if (group.open) closeGroups(group); });
}

document.addEventListener("click", (event) => {
  if (!event.target.closest(".menu__group")) closeGroups(null);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = groups.find((group) => group.open);
  closeGroups(null);
  if (open) open.querySelector("summary").focus();
  else if (location.hash === "#menu") location.hash = "contenu";
});

// A private window may refuse storage: the banner then simply comes back.
function remembered(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

function remember(key) {
  try { localStorage.setItem(key, "1"); } catch { /* nothing to keep it in */ }
}

for (const banner of document.querySelectorAll("[data-news]")) {
  const key = `news-closed:${banner.dataset.news}`;
  if (remembered(key)) {
    banner.hidden = true;
    continue;
  }
  const close = document.createElement("button");
  close.type = "button";
  close.className = "tool news__close";
  close.setAttribute("aria-label", banner.dataset.close);
  close.append(drawing("close"));
  close.addEventListener("click", () => {
    remember(key);
    banner.hidden = true;
    document.getElementById("contenu").focus();
  });
  banner.append(close);
}
