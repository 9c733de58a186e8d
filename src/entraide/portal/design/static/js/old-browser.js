// Runs only where modules do not: this browser is too old for the scripts of the pages. Written for any age.
(function () {
  var note = document.getElementById("old-browser");
  if (note) note.removeAttribute("hidden");
})();
