// Runs before the first paint: 大字 must not flash. Nothing else belongs here.
try {
  if (localStorage.getItem("aw-size") === "large") document.documentElement.dataset.size = "large";
} catch {
  // storage may be refused; the page is then of normal size
}
