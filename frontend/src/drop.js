// File boxes: show what was chosen, refuse at once what is too big.
import { $, $$, once, words } from "./dom.js";
import { toast } from "./toast.js";

function setUp(box) {
  const input = $("input[type=file]", box);
  const over = (on) => () => box.classList.toggle("aw-on", on);
  input.addEventListener("dragenter", over(true));
  for (const name of ["dragleave", "drop", "change"]) input.addEventListener(name, over(false));
  input.addEventListener("change", () => {
    const limit = Number(box.dataset.maxMb || 0);
    const big = [...input.files].find((file) => limit && file.size > limit * 1048576);
    if (big) {
      toast(`${words("tooBig")} ${limit} MB：${big.name}`, "error");
      input.value = "";
    }
    $("[data-drop-name]", box).textContent = [...input.files].map((file) => file.name).join("、");
  });
}

export function drops(root) {
  for (const box of $$("[data-drop]", root)) if (once(box, "drop")) setUp(box);
}
