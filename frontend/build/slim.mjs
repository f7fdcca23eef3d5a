// ECharts brings a way to draw tooltips as HTML. We never use it (text stays text), so it is left out.
export const slimCharts = {
  name: "slim-charts",
  setup(build) {
    build.onLoad({ filter: /component[\\/]tooltip[\\/]TooltipHTMLContent\.js$/ }, () => ({
      contents: "export default class { constructor() { throw new Error('tooltips are richText') } }",
    }));
  },
};
