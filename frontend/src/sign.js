// Drawing a signature: PNG with a transparent ground, cropped by the server; the typed name is an equal way.
import SignaturePad from "signature_pad";
import { $, $$, once } from "./dom.js";

function setUp(box) {
  const canvas = $("canvas", box);
  const field = $("input[type=hidden]", box);
  const pad = new SignaturePad(canvas, { minWidth: 0.9, maxWidth: 2.8, penColor: "#10181f" });
  const keep = () => { field.value = pad.isEmpty() ? "" : pad.toDataURL("image/png"); };
  const fit = () => {
    const strokes = pad.toData();
    const ratio = Math.max(window.devicePixelRatio || 1, 2);
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.clear();
    pad.fromData(strokes);
  };
  fit();
  window.addEventListener("resize", fit);
  pad.addEventListener("endStroke", keep);
  $("[data-sign-clear]", box).addEventListener("click", () => { pad.clear(); keep(); });
  $("[data-sign-undo]", box).addEventListener("click", () => { pad.fromData(pad.toData().slice(0, -1)); keep(); });
}

window.awSign = (root) => { for (const box of $$("[data-sign]", root)) if (once(box, "sign")) setUp(box); };
