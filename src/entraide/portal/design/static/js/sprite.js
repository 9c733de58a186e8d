// A drawing of the sprite, for what the scripts add to a page.

const SHEET = document.querySelector("svg.icon use")?.getAttribute("href").split("#")[0] ?? "";
const SVG = "http://www.w3.org/2000/svg";

export function drawing(name) {
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("class", "icon");
  icon.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${SHEET}#${name}`);
  icon.append(use);
  return icon;
}
