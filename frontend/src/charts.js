// ECharts, only the parts in use. Data comes from json_script; text is drawn, never parsed as HTML.
import { BarChart, HeatmapChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { optionOf } from "./charts/options.js";
import { rowsOf } from "./charts/rows.js";
import { $$, once } from "./dom.js";

echarts.use([BarChart, HeatmapChart, LineChart, PieChart, AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, CanvasRenderer]);

function draw(box) {
  const data = JSON.parse(document.getElementById(box.dataset.source).textContent);
  const chart = echarts.init(box, null, { renderer: "canvas" });
  const show = () => {
    const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const narrow = box.clientWidth < 480;
    chart.setOption(optionOf(box.dataset.chart, data, { size: Math.round(size * 0.8), narrow, stacked: "stacked" in box.dataset, horizontal: "horizontal" in box.dataset }), true);
  };
  show();
  chart.on("click", (event) => {
    const url = event.data?.url ?? data.series?.[event.seriesIndex]?.urls?.[event.dataIndex] ?? data.urls?.[event.dataIndex];
    if (url) location.assign(url);
  });
  window.addEventListener("resize", () => { chart.resize(); show(); });
  window.addEventListener("beforeprint", () => chart.resize());
  const host = box.parentElement.querySelector("[data-chart-rows]");
  if (host) host.append(rowsOf(box.dataset.chart, data));
}

window.awCharts = (root) => { for (const box of $$("[data-chart]", root)) if (once(box, "chart")) draw(box); };
