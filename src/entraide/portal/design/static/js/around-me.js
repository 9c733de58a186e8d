// "Around me": asks the browser for the position, only after a click, and posts it rounded with the search.

const DECIMALS = 3; // about a hundred metres
const OPTIONS = { enableHighAccuracy: false, timeout: 15_000, maximumAge: 300_000 };

const form = document.querySelector("[data-around]");
const search = document.getElementById("search-form");
const show = (name, shown) => { form.querySelector(`[data-around-${name}]`).hidden = !shown; };

function add(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  form.append(input);
}

function found({ coords }) {
  for (const [name, value] of new FormData(search)) if (name !== "where") add(name, value);
  add("lat", coords.latitude.toFixed(DECIMALS));
  add("lon", coords.longitude.toFixed(DECIMALS));
  form.submit();
}

function refused() {
  show("waiting", false);
  show("refused", true);
  search.querySelector("[name=where]").focus();
}

if (form && search && "geolocation" in navigator) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show("refused", false);
    show("waiting", true);
    navigator.geolocation.getCurrentPosition(found, refused, OPTIONS);
  });
}
