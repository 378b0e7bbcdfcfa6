/// One or more metrics as curves with labelled axes, in braille dots or ASCII.
///
/// Values that are not finite leave a gap in their curve and are counted in words, and so are values that a logarithmic
/// scale has no place for. One point is stated, not plotted.
package struct Chart: Sendable {
    /// A measured point; `x` is a step or a time.
    package struct Point: Equatable, Sendable {
        /// A step or milliseconds.
        package var x: Double
        /// The value; may be NaN or infinite.
        package var y: Double

        /// A point of a curve.
        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }

        var isFinite: Bool { x.isFinite && y.isFinite }
    }

    /// What values a sample left out around one of its points.
    package struct Band: Equatable, Sendable {
        /// A step or milliseconds.
        package var x: Double
        /// The least value there.
        package var low: Double
        /// The greatest value there.
        package var high: Double

        /// The least and the greatest value at a place.
        package init(x: Double, low: Double, high: Double) {
            self.x = x
            self.low = low
            self.high = high
        }
    }

    /// A named curve; its points are joined in the order given.
    package struct Series: Equatable, Sendable {
        /// For the legend.
        package var name: String
        /// In the order in which they are joined.
        package var points: [Point]
        /// Of the curve and its legend.
        package var style: Style
        /// The same points smoothed, drawn in front while the points themselves stay behind, fainter; nil for none.
        package var smoothed: [Point]?
        /// Drawn behind the curve.
        package var bands: [Band] = []
        /// One cell that is set on the curve now and then, so that it is told from others without colour; nil for none.
        package var mark: String?
        /// A point that is pointed at.
        package var reading: Point?

        /// A curve.
        package init(name: String, points: [Point], style: Style = .plain, smoothed: [Point]? = nil) {
            self.name = name
            self.points = points
            self.style = style
            self.smoothed = smoothed
        }
    }

    /// How a value becomes a height.
    package enum Scale: Equatable, Sendable {
        case linear
        case logarithmic
    }

    /// Above the plot; nil for none.
    package var title: String?
    /// Beside the title, at the right: how the chart is drawn, or what it reads.
    package var caption = ""
    /// Curves on common axes.
    package var series: [Series]
    /// What it is drawn with.
    package var glyphs: Glyphs
    /// For title notes, axes and labels.
    package var axisStyle: Style
    /// Of the title.
    package var titleStyle: Style
    /// How values become heights.
    package var scale = Scale.linear
    /// The part of the x axis that is shown; nil for all of it.
    package var range: ClosedRange<Double>?
    /// Where a line stands across the plot; nil for none.
    package var cursor: Double?
    /// How a value on the x axis reads: a step, or a time.
    package var formatX: @Sendable (Double) -> String

    /// A chart, to be drawn anywhere.
    package init(
        title: String? = nil, series: [Series], glyphs: Glyphs = .unicode, axisStyle: Style = .plain.dim(),
        titleStyle: Style = .plain.bold(), formatX: @escaping @Sendable (Double) -> String = Chart.stepText
    ) {
        self.title = title
        self.series = series
        self.glyphs = glyphs
        self.axisStyle = axisStyle
        self.titleStyle = titleStyle
        self.formatX = formatX
    }

    /// Steps below a million with all their digits, since steps are looked up elsewhere by number.
    @Sendable package static func stepText(_ value: Double) -> String {
        value.magnitude < 1e6 && value == value.rounded()
            ? NumberText.fixed(value, decimals: 0) : NumberText.compact(value, significantDigits: 4)
    }
}
