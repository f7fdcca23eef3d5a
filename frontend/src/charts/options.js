// From our small data shapes to ECharts options, in the product's type and colours.
const ACCENTS = ["#1b57a6", "#6fa3dc", "#0f8b8d", "#8a6fb0", "#9aa6b2", "#b5651d"];
const NAMED = { green: "#1f8a4c", yellow: "#d99a00", red: "#c8251f", grey: "#9aa6b2", accent: "#1b57a6",
  major: "#d0211c", larger: "#ee7b0d", general: "#f2c500", low: "#2f6fd6" };
const INK = "#55616e";
const LINE = "#dde2e9";
const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

const colour = (name, n) => NAMED[name] ?? ACCENTS[n % ACCENTS.length];
const text = (size) => ({ fontFamily: FONT, fontSize: size, color: INK });

function frame(size) {
  return {
    animation: false,
    textStyle: text(size),
    aria: { enabled: true },
    tooltip: { renderMode: "richText", confine: true, textStyle: { ...text(size), color: "#1c2733" }, backgroundColor: "#fff", borderColor: LINE, padding: [6, 10] },
  };
}

const categoryAxis = (data, size, more = {}) => ({
  type: "category", data, axisTick: { show: false }, axisLine: { lineStyle: { color: "#b9c3ce" } }, axisLabel: { ...text(size), hideOverlap: true }, ...more });
const valueAxis = (size, unit) => ({
  type: "value", name: unit, nameTextStyle: text(size), minInterval: 1, axisLabel: text(size), splitLine: { lineStyle: { color: "#eceff3" } } });

function bars(kind, data, look) {
  const { size, stacked, horizontal } = look;
  const many = data.series.length > 1;
  const category = categoryAxis(data.categories, size, horizontal ? { inverse: true } : {});
  const value = valueAxis(size, data.unit);
  return {
    ...frame(size),
    tooltip: { ...frame(size).tooltip, trigger: "axis", axisPointer: { type: kind === "line" ? "line" : "shadow" } },
    legend: many ? { top: 0, left: 0, itemWidth: 12, itemHeight: 12, icon: "rect", textStyle: text(size) } : undefined,
    grid: { left: 4, right: 12, top: many || data.unit ? size * 2.8 : 12, bottom: 4, containLabel: true },
    xAxis: horizontal ? value : category,
    yAxis: horizontal ? category : value,
    series: data.series.map((series, n) => ({
      type: kind, name: series.name, data: series.data, stack: stacked ? "all" : undefined, barMaxWidth: 28, symbolSize: 6,
      lineStyle: { width: 2 }, itemStyle: { color: colour(series.colour, n) },
      markLine: series.mark == null ? undefined : { symbol: "none", silent: true, data: [{ yAxis: series.mark }], lineStyle: { color: "#8a95a1" }, label: text(size) },
    })),
  };
}

function pie(data, { size, narrow }) {
  return {
    ...frame(size),
    tooltip: { ...frame(size).tooltip, trigger: "item", formatter: "{b}: {c} ({d}%)" },
    legend: { orient: narrow ? "horizontal" : "vertical", [narrow ? "bottom" : "right"]: 0, top: narrow ? undefined : "middle", itemWidth: 12, itemHeight: 12, textStyle: text(size) },
    series: [{
      type: "pie", radius: ["48%", "76%"], center: narrow ? ["50%", "44%"] : ["36%", "50%"], label: { show: false }, itemStyle: { borderColor: "#fff", borderWidth: 2 },
      data: data.slices.map((slice, n) => ({ ...slice, itemStyle: { color: colour(slice.colour, n) } })),
    }],
  };
}

function heatmap(data, { size }) {
  const top = data.max ?? Math.max(1, ...data.values.map((value) => value[2]));
  return {
    ...frame(size),
    tooltip: { ...frame(size).tooltip, formatter: (at) => `${data.y[at.value[1]]} ${data.x[at.value[0]]}: ${at.value[2]}` },
    grid: { left: 4, right: 12, top: 8, bottom: size * 3.4, containLabel: true },
    xAxis: categoryAxis(data.x, size, { splitArea: { show: false } }),
    yAxis: categoryAxis(data.y, size, { inverse: true }),
    visualMap: { min: 0, max: top, orient: "horizontal", left: "center", bottom: 0, itemHeight: 120, itemWidth: 10, textStyle: text(size), inRange: { color: ["#eef3f9", "#9dbfe6", "#1b57a6", "#0e2f60"] } },
    series: [{ type: "heatmap", data: data.values, itemStyle: { borderColor: "#fff", borderWidth: 1 } }],
  };
}

export function optionOf(kind, data, look) {
  if (kind === "pie") return pie(data, look);
  if (kind === "heatmap") return heatmap(data, look);
  return bars(kind, data, look);
}
