import { ignoredFields } from './leftovers.ts';

/** Patterns between blanks; `=` names the default that may be left out. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** What every Grafana writes into a panel without a meaning for what it shows. */
const PANEL_FIELDS = words(`
  id gridPos type title pluginVersion span editable error renderer isNew version transparent cacheTimeout
  maxDataPoints maxPerRow minSpan interval="" repeatIteration repeatPanelId repeatedByRow scopedVars.**
  libraryPanel.** $$hashKey tooltip.** grid.** collapsed panels hideTimeOverride percentage=false
  dashLength spaceLength dashes=false pointradius fillGradient linewidth steppedLine=false points=false bars=false
  hiddenSeries=false x-axis y-axis y_formats.** queryCachingTTL queryCacheTimeout timeFrom height showTitle
  titleSize objectType aliasYAxis.** options.alertThreshold zerofill stack=false nullText
  nullPointMode mappingType mappingTypes.** valueFontSize prefixFontSize postfixFontSize tableColumn sideWidth
  leftYAxisLabel legend.** datasource.** lines fill colorPostfix colorPrefix colorBackground colorValue colors.**
  sparkline.** gauge.** format decimals headerHeight repeatDirection timeRegions.** bucketSize
`);

const OPTION_FIELDS = words(`
  options.tooltip.** options.legend.** options.annotations.** options.colorMode options.justifyMode
  options.orientation options.textMode options.text.** options.wideLayout options.percentChangeColorMode
  options.showPercentChange=false options.showThresholdLabels options.showThresholdMarkers options.minVizHeight
  options.minVizWidth options.sizing options.displayMode options.showUnfilled options.valueMode
  options.namePlacement options.maxVizHeight options.barShape options.barWidthFactor options.effects.**
  options.endpointMarker options.segmentCount options.segmentSpacing options.sparkline options.shape options.neutral
  options.showHeader options.footer.** options.frameIndex options.cellHeight options.enablePagination
  options.displayLabels.** options.code.** options.mode options.reduceOptions.** options.fieldOptions.**
  options.alignValue options.mergeValues options.rowHeight options.showValue options.colWidth options.perPage
  options.barWidth options.groupWidth options.barRadius options.xTickLabelRotation options.xTickLabelSpacing
  options.xTickLabelMaxLength options.fullHighlight options.stacking="none" options.combine=false
  options.bucketOffset options.cellGap options.cellPadding options.cellRadius options.cellValues.**
  options.exemplars.** options.color.** options.rowsFrame.** options.yAxis.** options.showLegend
  options.calculate=false options.filterValues.** options.selectionMode options.sort options.sortBy.**
  options.timezone.** options.maxDataPoints options.disableTextWrap color.** cards.** yAxis.** xAxis.** dataFormat
  hideZeroBuckets highlightCards heatmap.** reverseYBuckets yBucketBound yBucketNumber yBucketSize xBucketNumber
  xBucketSize tooltipDecimals
`);

const FIELD_FIELDS = words(`
  fieldConfig.defaults.color.** fieldConfig.defaults.unitScale
  fieldConfig.defaults.fieldMinMax fieldConfig.defaults.nullValueMode
`);

const CUSTOM_FIELDS = words(`
  drawStyle lineInterpolation lineWidth fillOpacity gradientMode spanNulls insertNulls showPoints pointSize
  barAlignment barWidthFactor barMaxWidth axisPlacement axisLabel axisColorMode axisBorderShow axisCenteredZero
  axisGridShow axisWidth lineStyle.** lineColor fillColor pointColor hideFrom.** scaleDistribution.** stacking.**
  thresholdsStyle.** align displayMode cellOptions.** inspect filterable minWidth width wrapHeaderText wrapText
  footer.** transform showValues hidden=false sortBy
`);

/** Fields of a panel that are left out without a word: editors' memories, looks, and defaults. */
export const isPanelPresentation = ignoredFields([
  ...PANEL_FIELDS,
  ...OPTION_FIELDS,
  ...FIELD_FIELDS,
  ...CUSTOM_FIELDS.map((field) => `fieldConfig.defaults.custom.${field}`),
]);

/** The same for a dashboard. */
export const isDashboardPresentation = ignoredFields(
  words(`
  id uid version iteration gnetId editable style schemaVersion graphTooltip hideControls sharedCrosshair liveNow
  weekStart fiscalYearStartMonth timepicker.** __requires.** __inputs.** __elements.** panels rows templating.enable
  annotations.enable originalTitle nav.** services.** preload hideTimepicker revision pluginVersion overwrite slug
  loader.** failover defaultOptionsEnabled panel_hints pulldowns.** meta.** folderId folderUid message inputs.**
  variables.**
`),
);
