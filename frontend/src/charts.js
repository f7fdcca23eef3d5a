// ECharts, only bars and lines; rings and heat maps are drawn without it. Data comes from json_script;
// text is drawn, never parsed as HTML.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { donut } from "./charts/donut.js";
import { heatmap } from "./charts/heatmap.js";
import { optionOf } from "./charts/options.js";
import { legendOf, rowsOf } from "./charts/rows.js";
import { $$, once } from "./dom.js";

echarts.use([BarChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

function axes(box, data) {
  const look = { stacked: "stacked" in box.dataset, horizontal: "horizontal" in box.dataset };
  const chart = echarts.init(box, null, { renderer: "canvas" });
  const show = () => {
    const size = Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.8);
    chart.resize();
    chart.setOption(optionOf(box.dataset.chart, data, { ...look, size }), true);
  };
  show();
  chart.on("click", (event) => {
    const url = data.series[event.seriesIndex]?.urls?.[event.dataIndex];
    if (url) location.assign(url);
  });
  window.addEventListener("resize", show);
  window.addEventListener("beforeprint", () => chart.resize());
  if (data.series.length > 1) box.before(legendOf(data));
  box.parentElement.querySelector("[data-chart-rows]")?.append(rowsOf(data));
}

function draw(box) {
  const data = JSON.parse(document.getElementById(box.dataset.source).textContent);
  const ways = { pie: donut, heatmap };
  (ways[box.dataset.chart] ?? axes)(box, data);
}

window.awCharts = (root) => { for (const box of $$("[data-chart]", root)) if (once(box, "chart")) draw(box); };
