// From our small data shape of bars and lines to ECharts options, in the product's type and colours.
import { colour } from "./colours.js";

const INK = "#55616e";
const LINE = "#dde2e9";
const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif';
const text = (size) => ({ fontFamily: FONT, fontSize: size, color: INK });

const categoryAxis = (data, size, more = {}) => ({
  type: "category", data, axisTick: { show: false }, axisLine: { lineStyle: { color: "#b9c3ce" } }, axisLabel: { ...text(size), hideOverlap: true }, ...more });
const valueAxis = (size, unit) => ({
  type: "value", name: unit, nameTextStyle: { ...text(size), align: "right" }, minInterval: 1, axisLabel: text(size), splitLine: { lineStyle: { color: "#eceff3" } } });

function series(one, n, kind, stacked) {
  const tone = colour(one.colour, n);
  return {
    type: kind, name: one.name, data: one.data, stack: stacked ? "all" : undefined,
    barMaxWidth: 28, symbolSize: 6, lineStyle: { width: 2, color: tone }, itemStyle: { color: tone },
  };
}

export function optionOf(kind, data, { size, stacked, horizontal }) {
  const category = categoryAxis(data.categories, size, horizontal ? { inverse: true } : {});
  const value = valueAxis(size, data.unit);
  return {
    animation: false,
    textStyle: text(size),
    tooltip: {
      renderMode: "richText", confine: true, trigger: "axis", axisPointer: { type: kind === "line" ? "line" : "shadow" },
      textStyle: { ...text(size), color: "#1c2733" }, backgroundColor: "#fff", borderColor: LINE, padding: [6, 10],
    },
    grid: { left: 4, right: 12, top: data.unit ? size * 2.4 : 12, bottom: 4, containLabel: true },
    xAxis: horizontal ? value : category,
    yAxis: horizontal ? category : value,
    series: data.series.map((one, n) => series(one, n, kind, stacked)),
  };
}
