// Sends the form that hands somebody over as soon as its page opens; without a script its button does.
const form = document.querySelector("form[data-leave]");
if (form && performance.getEntriesByType("navigation")[0]?.type !== "back_forward") form.requestSubmit();
